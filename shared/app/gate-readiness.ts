/** What must be in order before a gate is decided, while it can still be put right. */
import * as z from 'zod/mini';
import type { Cycle } from '../domain/cycle.ts';
import { type Dossier, type DossierStatus, mayFollow } from '../domain/dossier.ts';
import type { GateName, Verdict } from '../domain/gates.ts';
import type { Settings } from '../domain/settings.ts';
import { openCases } from '../domain/veto.ts';
import { contradictionsOf } from './circular.ts';
import { afterWorkingDays } from './deadlines.ts';
import { tooFewInspectors } from './inspectors.ts';
import type { Deps, Page } from './ports.ts';
import { dossierKind, keys, pageOf, readCycle, readRecord } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { figuresDigest, figuresOf, listDigest, readDossiers } from './results.ts';

/** How far ahead of the notice the calendar must be known: all windows of a year, with time between them. */
const HORIZON_WORKING_DAYS = 80;

/** Asked while the settings can still be changed: later, a deadline that cannot be computed would end the year. */
function unknownHolidays(settings: Settings, now: Date): Refusal | undefined {
  const horizon = afterWorkingDays(now, HORIZON_WORKING_DAYS, settings);
  return horizon instanceof Refusal ? horizon : undefined;
}

export async function tooEarly(
  deps: Deps,
  year: number,
  decision: { gate: GateName; verdict: Verdict; agencies?: string[] | undefined },
): Promise<Refusal | undefined> {
  const { gate, verdict, agencies = [] } = decision;
  if (gate === 'reviewScores' && verdict === 'return') return notToBeSentBack(deps, year, agencies);
  if (verdict !== 'approve') return undefined;
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const { settings, inspectors } = cycle;
  switch (gate) {
    case 'prepareNotice':
      return unknownHolidays(settings, deps.clock.now());
    case 'approveNotice':
      return (
        tooFewInspectors(inspectors, settings, deps.clock.now()) ??
        unknownHolidays(settings, deps.clock.now())
      );
    case 'reviewScores':
      return unready(deps, year, SCORED);
    case 'prepareCircular':
      return contradictingText(cycle);
    case 'signCircular':
      return (
        (await unready(deps, year, ANNOUNCED)) ?? contradictingText(cycle) ?? outdatedCircular(deps, cycle)
      );
    default:
      return undefined;
  }
}

/** Scores are approved when every agency has one: also the second time, when some have gone on already. */
const SCORED: readonly DossierStatus[] = [
  'leftOut',
  'scored',
  'drafted',
  'answered',
  'heard',
  'announced',
  'objected',
];
/** Stars are signed when every agency's was announced; after a publication that met a fault, some are published already. */
const ANNOUNCED: readonly DossierStatus[] = ['leftOut', 'announced', 'published'];

/** Agencies with an open case, those set aside, and those that have not come as far as the decision takes them: nobody is forgotten. */
async function unready(
  deps: Deps,
  year: number,
  statuses: readonly DossierStatus[],
): Promise<Refusal | undefined> {
  const { records } = await deps.items.page(keys.waiting(year, 'setAside'), z.unknown(), null, 20);
  const open = new Set(records.map(({ sk }) => sk));
  const accused: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Dossier> & { broken: string[] } = await pageOf(
      deps,
      dossierKind,
      keys.dossiers(year),
      cursor,
      100,
    );
    const behind = page.records.filter(({ status }) => !statuses.includes(status));
    for (const number of [...page.broken, ...behind.map((one) => one.filingNumber)]) open.add(number);
    accused.push(...page.records.filter((one) => openCases(one).length > 0).map((one) => one.filingNumber));
    cursor = page.cursor;
  } while (cursor !== null);
  if (accused.length > 0) {
    return refuse('vetoesOpen', { count: accused.length, agencies: accused.slice(0, 20).join('、') });
  }
  if (open.size === 0) return undefined;
  return refuse('setAsideOpen', { count: open.size, agencies: [...open].slice(0, 20).join('、') });
}

/** No text goes on to the signature, or is signed, while a number in it contradicts the data and nobody has said why. */
function contradictingText(cycle: Cycle): Refusal | undefined {
  const open = contradictionsOf(cycle).filter(({ explained }) => explained === null);
  if (open.length === 0) return undefined;
  const list = open.slice(0, 10).map(({ explanation }) => explanation);
  return refuse('textContradicts', { count: open.length, list: list.join('；') });
}

/** Signed is what was drafted: figures that have changed since are drafted anew first. */
async function outdatedCircular(deps: Deps, cycle: Cycle): Promise<Refusal | undefined> {
  const figures = figuresOf(cycle, await readDossiers(deps, cycle.year));
  const drafted = cycle.history.findLast((action) => action.type === 'circularDrafted');
  const announced = cycle.history.findLast((action) => action.type === 'announced');
  const same =
    drafted?.data.digest === figuresDigest(cycle, figures) &&
    announced?.data.list === listDigest(cycle, figures);
  return same ? undefined : refuse('circularOutdated');
}

/** Sent back is only what can be inspected again. */
async function notToBeSentBack(
  deps: Deps,
  year: number,
  agencies: readonly string[],
): Promise<Refusal | undefined> {
  const mayGoBack = ({ status }: Dossier) => mayFollow('visitAssigned', status);
  for (const filingNumber of agencies) {
    const found = await readRecord(deps, dossierKind, keys.dossier(year, filingNumber));
    if (!found || !mayGoBack(found.state)) {
      return refuse('invalidRequest', { detail: `${filingNumber} 不能退回重新检查` });
    }
  }
  return undefined;
}
