/** Work over the records of a rectification: an agency whose record breaks a step is set aside, the others go on. */
import { SYSTEM } from '../../domain/history.ts';
import type { Rectification } from '../../domain/rectification.ts';
import type { RectificationRun } from '../../domain/rectification-run.ts';
import type { Deps } from '../ports.ts';
import { keys, pageOf } from '../records.ts';
import { extendRectificationRun, readRectificationRun, rectificationKind } from '../rectification-records.ts';
import { expectDone } from '../refusal.ts';
import { BATCH_SIZE, type BatchInput, type BatchResult, isInfrastructure } from './batch.ts';

/** What is said of a record that does not fit its schema. */
const BROKEN = '整改记录已损坏，无法读取，须从备份恢复';

/** Sets one agency of this round aside, once. */
export async function setAside(
  deps: Deps,
  year: number,
  filingNumber: string,
  step: string,
  reason: string,
): Promise<void> {
  const run = expectDone(await readRectificationRun(deps, year));
  if (isSetAside(run, filingNumber)) return;
  deps.log.error('AGENCY_SET_ASIDE', { year, filingNumber, step });
  const next = { type: 'setAside' as const, data: { filingNumber, step }, reason };
  expectDone(await extendRectificationRun(deps, run, SYSTEM, next));
}

const isSetAside = (run: RectificationRun, filingNumber: string) =>
  run.setAside.some((one) => one.filingNumber === filingNumber);

/** Does an agency's part of a step. What breaks on its data sets it aside; failures of the machinery are retried. */
export async function attempt(
  deps: Deps,
  year: number,
  filingNumber: string,
  step: string,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isInfrastructure(error)) throw error;
    const broken = error instanceof Error && error.name === 'BrokenRecord';
    const reason = broken ? BROKEN : error instanceof Error ? error.message : String(error);
    await setAside(deps, year, filingNumber, step, reason);
  }
}

/** Runs `work` on the next batch of rectification records. */
export async function overRectifications(
  deps: Deps,
  { year, cursor }: BatchInput,
  step: string,
  work: (rectification: Rectification) => Promise<unknown>,
): Promise<BatchResult> {
  const run = expectDone(await readRectificationRun(deps, year));
  const page = await pageOf(deps, rectificationKind, keys.rectifications(year), cursor, BATCH_SIZE);
  for (const filingNumber of page.broken) await setAside(deps, year, filingNumber, step, BROKEN);
  for (const one of page.records) {
    if (isSetAside(run, one.filingNumber)) continue;
    await attempt(deps, year, one.filingNumber, step, () => work(one));
  }
  return { cursor: page.cursor };
}

/** Every record that can be read; whoever's cannot is set aside. */
export async function soundRectifications(deps: Deps, year: number, step: string): Promise<Rectification[]> {
  const sound: Rectification[] = [];
  let cursor: string | null = null;
  do {
    const batch: BatchResult = await overRectifications(deps, { year, cursor }, step, async (one) => {
      sound.push(one);
    });
    cursor = batch.cursor;
  } while (cursor !== null);
  return sound;
}
