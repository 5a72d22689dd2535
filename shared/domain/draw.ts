/**
 * The verifiable draw 双随机: who is visited and by whom, fixed by a seed that was committed before anybody filed.
 *
 * The SHA-256 of the seed is published with the notice and the seed with the plan, so anyone can repeat the draw from
 * its record. Uses a portable hash: the same code runs in a browser.
 */
import type { FilingNumber } from './agency.ts';
import { digestOfText } from './digest.ts';
import { FILING_TYPES, type FilingType } from './filing-types.ts';

export interface DrawAgency {
  filingNumber: FilingNumber;
  filingType: FilingType;
  /** Reasons that make the visit certain; empty: by lot. */
  certain: string[];
}

export interface DrawInspector {
  id: string;
  name: string;
}

/** An inspector who must not visit an agency 回避. */
export interface Recusal {
  inspector: string;
  filingNumber: FilingNumber;
  reason: string;
}

export interface DrawInput {
  /** Hexadecimal, 32 bytes. */
  seed: string;
  agencies: DrawAgency[];
  sampling: { percent: number; atLeast: number };
  inspectors: DrawInspector[];
  inspectorsPerVisit: number;
  recusals: Recusal[];
}

export interface DrawnVisit {
  filingNumber: FilingNumber;
  filingType: FilingType;
  lot: string;
  reasons: string[];
  inspectors: string[];
}

export interface Drawn extends DrawInput {
  commitment: string;
  strata: { filingType: FilingType; population: number; target: number; certain: number; byLot: number }[];
  /** In the order of their lots. */
  visits: DrawnVisit[];
}

/** An agency for which too few inspectors are free of recusal. */
export class TooFewInspectors extends Error {
  override readonly name = 'TooFewInspectors';
  readonly filingNumber: FilingNumber;
  constructor(filingNumber: FilingNumber) {
    super(`too few inspectors may visit ${filingNumber}`);
    this.filingNumber = filingNumber;
  }
}

/**
 * Whether every agency could be visited: the filing number for which too few inspectors are free of recusal (`任一机构`
 * when there are too few at all), and how many there are.
 */
export function inspectorShortage(
  inspectors: readonly DrawInspector[],
  recusals: readonly Recusal[],
  inspectorsPerVisit: number,
): { filingNumber: string; free: number } | undefined {
  if (inspectors.length < inspectorsPerVisit) return { filingNumber: '任一机构', free: inspectors.length };
  for (const filingNumber of new Set(recusals.map((recusal) => recusal.filingNumber))) {
    const free = freeFor(filingNumber, inspectors, recusals).length;
    if (free < inspectorsPerVisit) return { filingNumber, free };
  }
  return undefined;
}

/** What is published before the window opens: the SHA-256 of the seed's text. */
export const commitmentOf = (seed: string) => digestOfText(seed);

/** The lot of an agency: SHA-256(seed ‖ filing number). Lowest first. */
export const agencyLot = (seed: string, filingNumber: FilingNumber) => digestOfText(seed + filingNumber);

const inspectorLot = (seed: string, filingNumber: FilingNumber, inspector: string) =>
  digestOfText(`${seed}${filingNumber}/${inspector}`);

const ascending = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Draws the visits. Each filing type is a stratum that sends `percent` of its agencies (rounded up); certain cases count
 * towards it and are never left out; the lot fills the rest, and fills up to `atLeast` over all strata.
 * Throws {@link TooFewInspectors}.
 */
export function draw(input: DrawInput): Drawn {
  const lots = new Map(
    input.agencies.map(({ filingNumber }) => [filingNumber, agencyLot(input.seed, filingNumber)]),
  );
  const lotOf = (agency: DrawAgency) => lots.get(agency.filingNumber) ?? '';
  const inOrder = [...input.agencies].sort((a, b) => ascending(lotOf(a), lotOf(b)));
  const chosen = new Set(inOrder.filter((agency) => agency.certain.length > 0));
  const strata = (Object.keys(FILING_TYPES) as FilingType[]).map((filingType) => {
    const members = inOrder.filter((agency) => agency.filingType === filingType);
    const certain = members.filter((agency) => chosen.has(agency)).length;
    const target = Math.ceil((members.length * input.sampling.percent) / 100);
    const byLot = members.filter((agency) => !chosen.has(agency)).slice(0, Math.max(0, target - certain));
    for (const agency of byLot) chosen.add(agency);
    return { filingType, population: members.length, target, certain, byLot: byLot.length };
  });
  for (const agency of inOrder.filter((candidate) => !chosen.has(candidate))) {
    if (chosen.size >= input.sampling.atLeast) break;
    chosen.add(agency);
    const stratum = strata.find(({ filingType }) => filingType === agency.filingType);
    if (stratum) stratum.byLot++;
  }
  const visited = inOrder.filter((agency) => chosen.has(agency));
  const assigned = assignInspectors(input, visited);
  const visits = visited.map((agency) => ({
    filingNumber: agency.filingNumber,
    filingType: agency.filingType,
    lot: lotOf(agency),
    reasons: agency.certain.length > 0 ? agency.certain : ['随机抽取'],
    inspectors: assigned.get(agency.filingNumber) ?? [],
  }));
  return { ...input, commitment: commitmentOf(input.seed), strata, visits };
}

/** Inspectors who need not keep away from an agency. */
export function freeFor(
  filingNumber: FilingNumber,
  inspectors: readonly DrawInspector[],
  recusals: readonly Recusal[],
): DrawInspector[] {
  const away = new Set(
    recusals.filter((one) => one.filingNumber === filingNumber).map(({ inspector }) => inspector),
  );
  return inspectors.filter(({ id }) => !away.has(id));
}

/** How many visits each inspector has so far. */
export function loadsOf(visits: Iterable<readonly string[]>): Map<string, number> {
  const loads = new Map<string, number>();
  for (const id of [...visits].flat()) loads.set(id, (loads.get(id) ?? 0) + 1);
  return loads;
}

/** Inspectors in the order in which an agency's visit takes them: the fewest visits so far, then the lowest lot. */
export function inspectorsInOrder(
  seed: string,
  filingNumber: FilingNumber,
  candidates: readonly DrawInspector[],
  loads: ReadonlyMap<string, number>,
): string[] {
  return candidates
    .map(({ id }) => ({ id, load: loads.get(id) ?? 0, lot: inspectorLot(seed, filingNumber, id) }))
    .sort((a, b) => a.load - b.load || ascending(a.lot, b.lot))
    .map(({ id }) => id);
}

/** By lot among those with the fewest visits so far, recused ones left out; agencies with the fewest candidates first. */
function assignInspectors(input: DrawInput, visited: DrawAgency[]): Map<FilingNumber, string[]> {
  const candidates = visited.map(({ filingNumber }) => ({
    filingNumber,
    free: freeFor(filingNumber, input.inspectors, input.recusals),
  }));
  candidates.sort((a, b) => a.free.length - b.free.length);
  const assigned = new Map<FilingNumber, string[]>();
  for (const { filingNumber, free } of candidates) {
    if (free.length < input.inspectorsPerVisit) throw new TooFewInspectors(filingNumber);
    const ranked = inspectorsInOrder(input.seed, filingNumber, free, loadsOf(assigned.values()));
    assigned.set(filingNumber, ranked.slice(0, input.inspectorsPerVisit));
  }
  return assigned;
}
