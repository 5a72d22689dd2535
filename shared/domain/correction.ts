/**
 * Corrections 更正 of a published year: a handler prepares, an approver approves, the director signs, and what was published
 * is superseded by a version beside it. A revocation 撤销 of a star takes the same way. One record for all of a year's.
 */
import * as z from 'zod/mini';
import { FilingNumber } from './agency.ts';
import { Correction } from './corrected-facts.ts';
import { type GateName, PREPARED_AT } from './gates.ts';
import { entryOf } from './history.ts';
import { END_ENTRIES, GATE_ENTRIES, gateChanges, type Run } from './run.ts';

/** What becomes of one agency: some facts are corrected and it is scored again, or its star is revoked. */
export const AgencyChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('correct'),
    filingNumber: FilingNumber,
    corrections: z.array(Correction).check(z.minLength(1, '请写明更正的项目和事实')),
  }),
  z.strictObject({
    kind: z.literal('revoke'),
    filingNumber: FilingNumber,
    grounds: z.string().check(z.minLength(1, '请写明撤销星级的事实和依据'), z.maxLength(5000)),
  }),
]);
export type AgencyChange = z.infer<typeof AgencyChange>;

const Draft = z.strictObject({
  year: z.int(),
  changes: z.array(AgencyChange).check(z.minLength(1), z.maxLength(200)),
});

export const CorrectionRunAction = z.lazy(() =>
  z.discriminatedUnion('type', [
    entryOf('opened', Draft),
    entryOf('redrafted', Draft),
    ...GATE_ENTRIES,
    entryOf('versionPublished', z.strictObject({ version: z.int(), manifest: z.string() })),
    ...END_ENTRIES,
  ]),
);
export type CorrectionRunAction = z.infer<typeof CorrectionRunAction>;

export const CORRECTION_STATUSES = {
  open: '进行中',
  published: '已公布',
  cancelled: '已取消',
  failed: '处理失败',
} as const;

export interface CorrectionRun extends Run {
  status: keyof typeof CORRECTION_STATUSES;
  /** The year's first correction, its second, and so on. */
  round: number;
  changes: AgencyChange[];
  reason: string;
  /** Who wrote this round's draft. */
  drafters: string[];
  history: CorrectionRunAction[];
}

/** Throws when the first action does not open the run. */
export function correctionRunOf(history: readonly CorrectionRunAction[]): CorrectionRun {
  const [first] = history;
  if (first?.type !== 'opened') throw new TypeError(`a run does not begin with ${first?.type ?? 'nothing'}`);
  const { year, changes } = first.data;
  const empty = { year, changes, status: 'open' as const, round: 0, reason: '', drafters: [], openings: {} };
  let run: CorrectionRun = { ...empty, history: [] };
  for (const action of history) run = { ...run, ...changesOf(run, action) };
  return { ...run, history: [...history] };
}

function changesOf(run: CorrectionRun, action: CorrectionRunAction): Partial<CorrectionRun> {
  const draft = (drafters: string[]) =>
    'changes' in action.data
      ? { changes: action.data.changes, reason: action.reason ?? '', drafters: [...drafters, action.by.id] }
      : {};
  switch (action.type) {
    case 'opened':
      return { status: 'open', round: run.round + 1, gate: undefined, ...draft([]) };
    case 'redrafted':
      return draft(run.drafters);
    case 'versionPublished':
      return { status: 'published' };
    case 'cancelled':
      return { status: 'cancelled' };
    case 'failed':
      return { status: 'failed' };
    default:
      return gateChanges(run, action);
  }
}

/** People whose work of this round a decision at the gate approves. */
export function correctionPreparers(
  { history, drafters }: CorrectionRun,
  gate: 'approveCorrection' | 'signCorrection',
): string[] {
  const begun = history.findLastIndex(({ type }) => type === 'opened');
  const earlier: readonly GateName[] = PREPARED_AT[gate] ?? [];
  const decided = history
    .slice(begun)
    .filter((action) => action.type === 'gateDecided' && earlier.includes(action.data.gate));
  return [...new Set([...drafters, ...decided.map(({ by }) => by.id)])].sort();
}
