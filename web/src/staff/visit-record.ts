/**
 * An inspector's record of a visit as it is being written. It is kept in this browser's local storage from the first
 * entry on, and with it what the form needs: a page that was opened before the line was lost goes on without it. Local
 * storage, not a service worker: the page is opened at the office, and what was written outlives the page in any case.
 */
import * as z from 'zod/mini';
import { CaptureKey } from '../../../shared/domain/capture.ts';
import { Answers } from '../../../shared/domain/facts.ts';
import { Settled } from '../../../shared/domain/joint-entry.ts';
import { Rubric } from '../../../shared/domain/rubric.ts';
import type { Finding } from '../../../shared/domain/visit.ts';
import { api, Problem } from '../session/api.ts';

/** A joint entry as it stands. */
export const JointView = z.looseObject({
  entry: z.int(),
  by: z.looseObject({ id: z.string(), name: z.string() }),
  at: z.string(),
  settled: z.array(Settled),
  confirmedBy: z.array(z.string()),
  sentBack: z.optional(z.looseObject({ by: z.looseObject({ name: z.string() }), reason: z.string() })),
});

const Seen = z.looseObject({
  inspectors: z.array(z.string()),
  reasons: z.array(z.string()),
  findings: z.record(z.string(), z.looseObject({ answers: Answers })),
  /** Codes in which the records differ, once all are in. */
  differing: z._default(z.array(z.string()), []),
  joint: z.optional(JointView),
  /** Of this inspector's devices. */
  captureKeys: z._default(z.array(CaptureKey), []),
});

export const VisitView = z.looseObject({
  status: z.string(),
  statusTitle: z.string(),
  agency: z.looseObject({ name: z.string(), filingNumber: z.string(), county: z.optional(z.string()) }),
  answers: z.optional(Answers),
  visit: Seen,
});
export type VisitView = z.infer<typeof VisitView>;

const Year = z.looseObject({
  rubric: Rubric,
  gate: z.nullish(z.looseObject({ gate: z.string(), deadline: z.nullish(z.string()) })),
});

const Basis = z.object({ view: VisitView, rubric: Rubric, deadline: z.nullable(z.string()) });
/** What the form is made from. */
export type Basis = z.infer<typeof Basis>;

const Written = z.object({
  answers: Answers,
  representative: z.object({ name: z.string(), agrees: z.boolean(), statement: z.string() }),
  visitedOn: z.string(),
});
export type Written = z.infer<typeof Written>;

const Kept = z.object({
  basis: Basis,
  written: Written,
  /** Signed and waiting to be sent. */
  signedAt: z.optional(z.string()),
  /** Of the packet that may be made of it. */
  nonce: z.optional(z.string()),
});
export type Kept = z.infer<typeof Kept>;

export interface Place {
  person: string;
  year: string;
  filingNumber: string;
}

const keyOf = ({ person, year, filingNumber }: Place) => `xingping:visit:${person}:${year}:${filingNumber}`;

/** Nothing where there is nothing, or where another version of the portal left something that no longer fits. */
export function readKept(place: Place): Kept | undefined {
  const text = localStorage.getItem(keyOf(place));
  if (text === null) return undefined;
  const parsed = Kept.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

export const keep = (place: Place, kept: Kept): void =>
  localStorage.setItem(keyOf(place), JSON.stringify(kept));

const forget = (place: Place): void => localStorage.removeItem(keyOf(place));

const pathOf = ({ year, filingNumber }: Place) => `/cycles/${year}/dossiers/${filingNumber}`;

/** From the server, or from this browser while the server cannot be reached. */
export async function readBasis(place: Place): Promise<Basis> {
  try {
    const [view, { rubric, gate }] = await Promise.all([
      api.get(pathOf(place), VisitView),
      api.get(`/cycles/${place.year}`, Year),
    ]);
    const deadline = gate?.gate === 'inspectOnSite' ? (gate.deadline ?? null) : null;
    return { view, rubric, deadline };
  } catch (error) {
    const kept = error instanceof Problem && error.passing ? readKept(place)?.basis : undefined;
    if (kept) return kept;
    throw error;
  }
}

/** What was written, as it goes on record. */
export function findingOf(written: Written): Finding {
  const { statement, ...representative } = written.representative;
  return {
    ...written,
    representative: { ...representative, ...(statement.trim() && { statement: statement.trim() }) },
  };
}

export type Outcome = 'sent' | 'waiting';

/**
 * Sends a signed record. Sent twice, it counts once: the second time the API says that it is there, which is what was
 * wanted. While the line is down it waits; whatever else the API says is an error, and the record can be changed again.
 */
export async function send(place: Place, { written }: Kept): Promise<Outcome> {
  const body = findingOf(written);
  try {
    await api.post(`${pathOf(place)}/findings`, body, z.unknown());
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.passing) return 'waiting';
    if (error.code !== 'alreadyRecorded') throw error;
  }
  forget(place);
  return 'sent';
}

/** Writes down what the inspectors agree on where their records differ, for the others to confirm. */
export async function draftJoint(place: Place, settled: Settled[]): Promise<void> {
  await api.post(`${pathOf(place)}/joint-entry`, { settled }, z.unknown());
}

export async function confirmJoint(place: Place, entry: number): Promise<void> {
  await api.post(`${pathOf(place)}/joint-entry-confirmation`, { entry }, z.unknown());
}

export async function returnJoint(place: Place, entry: number, reason: string): Promise<void> {
  await api.post(`${pathOf(place)}/joint-entry-return`, { entry, reason }, z.unknown());
}

/** Registers a device's key for the visit. */
export async function registerKey(place: Place, key: CaptureKey): Promise<void> {
  await api.post(`${pathOf(place)}/capture-keys`, { key }, z.unknown());
}

/** Hands in a packet's file, which may have been made on another machine; what is kept on this one is done with. */
export async function handIn(place: Place, content: string): Promise<void> {
  await api.post(`${pathOf(place)}/visit-packet`, { content }, z.unknown());
  forget(place);
}
