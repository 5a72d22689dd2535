/** Decides for each agency of the registry whether it takes part; nobody is left out without a reason on record. */
import type { Agency } from '../../domain/agency.ts';
import { chinaDate } from '../../domain/calendar.ts';
import type { Cycle } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { eligibilityOf } from '../../domain/eligibility.ts';
import { canonicalJson, SYSTEM } from '../../domain/history.ts';
import { expectRecord } from '../gates.ts';
import type { Deps } from '../ports.ts';
import {
  agencyKind,
  appendEntry,
  dossierKind,
  keys,
  type NewDossierAction,
  pageOf,
  readCycle,
  readRecord,
} from '../records.ts';
import { expectDone } from '../refusal.ts';
import { BATCH_SIZE, type BatchInput, type BatchResult } from './batch.ts';

export async function admitAgencies(deps: Deps, { year, cursor }: BatchInput): Promise<BatchResult> {
  const cycle = expectDone(await readCycle(deps, year));
  const page = await pageOf(deps, agencyKind, keys.agencies, cursor, BATCH_SIZE);
  for (const agency of page.records) await admit(deps, cycle, agency);
  return { cursor: page.cursor };
}

/** 备案期满一年 is judged at the end of the setting's month, else of the month in which the cycle opened. */
export function referenceMonth(cycle: Cycle): string {
  const openedAt = cycle.history[0]?.at ?? '';
  return cycle.settings.filingReferenceMonth ?? chinaDate(new Date(openedAt)).slice(0, 7);
}

async function admit(deps: Deps, cycle: Cycle, agency: Agency): Promise<void> {
  const { year, settings } = cycle;
  const { filingNumber } = agency;
  const key = keys.dossier(year, filingNumber);
  const eligibility = eligibilityOf(agency, referenceMonth(cycle), settings.exclusions);
  const next: NewDossierAction = eligibility.eligible
    ? { type: 'admitted', data: { agency } }
    : { type: 'leftOut', data: { agency, because: reasonOf(eligibility) } };
  const found = await readRecord(deps, dossierKind, key);
  const history = found?.state.history ?? [];
  const mark = { pk: keys.waiting(year, 'collectSelfEvaluations'), sk: filingNumber };
  if (next.type === 'admitted')
    await expectRecord(deps, 'collectSelfEvaluations', { year, filingNumber, history });
  else await deps.items.remove(mark);
  if (found && !changes(found.state, next)) return;
  expectDone(await appendEntry(deps, dossierKind, key, history, SYSTEM, next));
}

function reasonOf(eligibility: Extract<ReturnType<typeof eligibilityOf>, { eligible: false }>) {
  const { code, reason, source } = eligibility;
  return { code, reason, ...(source && { source }) };
}

/** A second pass, after the notice was sent back, writes only what is different. */
function changes(dossier: Dossier, next: NewDossierAction): boolean {
  const last = dossier.history.findLast(({ type }) => type === 'admitted' || type === 'leftOut');
  return last?.type !== next.type || canonicalJson(last.data) !== canonicalJson(next.data);
}
