/** Marks of agencies against which a case 一票否决案 is open: while there is one, scores are not approved and nothing is announced or signed. */
import type { Dossier } from '../domain/dossier.ts';
import type { GateName } from '../domain/gates.ts';
import { openCases } from '../domain/veto.ts';
import type { Deps, Page } from './ports.ts';
import { dossierKind, keys, readRecord } from './records.ts';
import { isAhead, Waiting } from './waiting-marks.ts';

/** Gates of records that stay closed while any case of the year is open. */
export const HELD_BY_CASES: readonly GateName[] = ['answerDraftResults', 'receiveObjections'];

export const markedCases = (year: number) => keys.waiting(year, 'vetoes');

/** Written before a case is opened. */
export async function markCase(
  deps: Deps,
  { year, filingNumber, history }: Pick<Dossier, 'year' | 'filingNumber' | 'history'>,
): Promise<void> {
  const mark: Waiting = { version: history.length, at: deps.clock.now().toISOString() };
  await deps.items.put({ pk: markedCases(year), sk: filingNumber }, mark);
}

/** Marks an agency as its record stands now. A mark that was set meanwhile, for what comes after, stays. */
export async function markCases(deps: Deps, dossier: Dossier): Promise<void> {
  if (openCases(dossier).length > 0) return markCase(deps, dossier);
  const { year, filingNumber, history } = dossier;
  await deps.items.remove({ pk: markedCases(year), sk: filingNumber }, { before: history.length });
}

/** Whether any case of the year is open, or just being opened. */
export async function anyCaseOpen(deps: Deps, year: number): Promise<boolean> {
  for await (const _one of marked(deps, year)) return true;
  return false;
}

/** Agencies with an open case. */
export async function* agenciesWithCases(deps: Deps, year: number): AsyncGenerator<Dossier> {
  for await (const dossier of marked(deps, year)) {
    if (dossier && openCases(dossier).length > 0) yield dossier;
  }
}

/** The marked agencies. A mark that is left of a case that was never opened, or is closed, is taken away. */
async function* marked(deps: Deps, year: number): AsyncGenerator<Dossier | undefined> {
  const pk = markedCases(year);
  let cursor: string | null = null;
  do {
    const page: Page<{ sk: string; value: Waiting }> = await deps.items.page(pk, Waiting, cursor, 50);
    for (const { sk, value: mark } of page.records) {
      const found = await readRecord(deps, dossierKind, keys.dossier(year, sk));
      const isOpen = found !== undefined && openCases(found.state).length > 0;
      if (isOpen || isAhead(mark, found?.entries.length ?? 0, deps.clock.now())) yield found?.state;
      else await deps.items.remove({ pk, sk }, { before: mark.version + 1 });
    }
    cursor = page.cursor;
  } while (cursor !== null);
}
