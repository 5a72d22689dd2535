/** The run of a year's rectification 整改, from the notices to the recommendations; started again, it goes on in the same record. */
import * as z from 'zod/mini';
import { FilingNumber } from './agency.ts';
import type { Drawn } from './draw.ts';
import { entryOf } from './history.ts';
import { END_ENTRIES, GATE_ENTRIES, gateChanges, type Run } from './run.ts';

const Draw = z.custom<Drawn>((value) => typeof value === 'object' && value !== null);

export const RectificationRunAction = z.lazy(() =>
  z.discriminatedUnion('type', [
    entryOf('opened', z.strictObject({ year: z.int() })),
    ...GATE_ENTRIES,
    /** The lots of the re-checks, from the year's seed: anyone who knows it can repeat them. */
    entryOf('rechecksDrawn', z.strictObject({ draw: Draw })),
    /** An agency whose record breaks a step: the others go on without it. The reason says what is wrong. */
    entryOf('setAside', z.strictObject({ filingNumber: FilingNumber, step: z.string() })),
    entryOf('archived', z.strictObject({ version: z.int(), manifest: z.string() })),
    ...END_ENTRIES,
  ]),
);
export type RectificationRunAction = z.infer<typeof RectificationRunAction>;

export const RECTIFICATION_RUN_STATUSES = {
  open: '进行中',
  archived: '已归档',
  cancelled: '已取消',
  failed: '处理失败',
} as const;

export interface RectificationRun extends Run {
  status: keyof typeof RECTIFICATION_RUN_STATUSES;
  /** How often it was started. */
  round: number;
  draw?: Drawn;
  /** Agencies whose records broke a step of this round; a new round takes them up again. */
  setAside: { filingNumber: FilingNumber; step: string; reason: string }[];
  history: RectificationRunAction[];
}

/** Throws when the first action does not open the run. */
export function rectificationRunOf(history: readonly RectificationRunAction[]): RectificationRun {
  const [first] = history;
  if (first?.type !== 'opened') throw new TypeError(`a run does not begin with ${first?.type ?? 'nothing'}`);
  const { year } = first.data;
  let run: RectificationRun = { year, status: 'open', round: 0, openings: {}, setAside: [], history: [] };
  for (const action of history) run = { ...run, ...changes(run, action) };
  return { ...run, history: [...history] };
}

function changes(run: RectificationRun, action: RectificationRunAction): Partial<RectificationRun> {
  switch (action.type) {
    case 'opened':
      return { status: 'open', round: run.round + 1, gate: undefined, setAside: [] };
    case 'rechecksDrawn':
      return { draw: action.data.draw };
    case 'setAside':
      return { setAside: [...run.setAside, { ...action.data, reason: action.reason ?? '' }] };
    case 'archived':
      return { status: 'archived' };
    case 'cancelled':
      return { status: 'cancelled' };
    case 'failed':
      return { status: 'failed' };
    default:
      return gateChanges(run, action);
  }
}
