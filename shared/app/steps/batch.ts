/** Work over all agencies, one batch at a time: idempotent, from a cursor, and never stopped by one agency's data. */
import type { Dossier } from '../../domain/dossier.ts';
import { SYSTEM } from '../../domain/history.ts';
import { markSetAside } from '../gates.ts';
import type { Deps } from '../ports.ts';
import { dossierKind, extendDossier, keys, pageOf, readDossier } from '../records.ts';
import { Refusal } from '../refusal.ts';

/** Few enough for a step's fifteen minutes, score sheets and all; each batch takes two transitions. */
export const BATCH_SIZE = 300;

export interface BatchInput {
  year: number;
  cursor: string | null;
}

export interface BatchResult {
  cursor: string | null;
}

/** Failures of the machinery are retried as a whole batch; anything else is about this agency's data. */
export function isInfrastructure(error: unknown): boolean {
  return error instanceof Error && ('$metadata' in error || error.name === 'RetryableError');
}

/** Runs `work` on the next batch of dossiers. An agency whose data break the step is set aside with the reason. */
export async function overDossiers(
  deps: Deps,
  { year, cursor }: BatchInput,
  step: string,
  work: (dossier: Dossier) => Promise<unknown>,
): Promise<BatchResult> {
  const page = await pageOf(deps, dossierKind, keys.dossiers(year), cursor, BATCH_SIZE);
  for (const filingNumber of page.broken) await markSetAside(deps, year, filingNumber);
  for (const dossier of page.records) {
    try {
      const outcome = await work(dossier);
      if (outcome instanceof Refusal) throw new Error(outcome.message);
    } catch (error) {
      if (isInfrastructure(error)) throw error;
      await setAside(deps, dossier, step, error);
    }
  }
  return { cursor: page.cursor };
}

/** A loop is through, but some agencies are set aside: the workflow goes back to the gate where they are put right. */
export class AgenciesSetAside extends Error {
  override readonly name = 'AgenciesSetAside';
}

/** The same where the year must not go on without anybody: throws {@link AgenciesSetAside} after the last batch. */
export async function overEveryDossier(
  deps: Deps,
  input: BatchInput,
  step: string,
  work: (dossier: Dossier) => Promise<unknown>,
): Promise<BatchResult> {
  const result = await overDossiers(deps, input, step, work);
  const count = result.cursor === null ? await deps.items.count(keys.waiting(input.year, 'setAside')) : 0;
  if (count > 0) throw new AgenciesSetAside(`${count} agencies are set aside`);
  return result;
}

async function setAside(deps: Deps, dossier: Dossier, step: string, cause: unknown): Promise<void> {
  const { year, filingNumber } = dossier;
  deps.log.error('AGENCY_SET_ASIDE', { year, filingNumber, step }, cause);
  await markSetAside(deps, year, filingNumber);
  const now = await readDossier(deps, year, filingNumber);
  if (now instanceof Refusal || now.setAside) return;
  const reason = cause instanceof Error ? cause.message : String(cause);
  await extendDossier(deps, now, SYSTEM, { type: 'setAside', data: { step }, reason });
}
