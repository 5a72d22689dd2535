/** One assessment year 评估年度: its signed actions and what follows from them. */
import * as z from 'zod/mini';
import { FilingNumber } from './agency.ts';
import { type CivilDate, chinaDate, Month } from './calendar.ts';
import type { DrawChange } from './draw-changes.ts';
import { isDrawChange } from './draw-record.ts';
import { CYCLE_FREEZE_ENTRIES } from './freeze.ts';
import { type GateName, PREPARED_AT } from './gates.ts';
import { entryOf } from './history.ts';
import { CircularFigures, CircularText, EditedText } from './narrative/figures.ts';
import { listedRecusals } from './recusal.ts';
import { Rubric } from './rubric.ts';
import { END_ENTRIES, GATE_ENTRIES, gateChanges, type Run } from './run.ts';
import { Inspector, Settings } from './settings.ts';

/** A number of the text, by the sentence it stands in. */
const Explained = z.strictObject({
  sentence: z.string().check(z.minLength(1), z.maxLength(3000)),
  found: z.string().check(z.minLength(1), z.maxLength(50)),
});

export const CycleAction = z.lazy(() =>
  z.discriminatedUnion('type', [
    entryOf('opened', z.strictObject({ year: z.int(), settings: Settings, rubric: Rubric })),
    entryOf('settingsChanged', z.strictObject({ settings: Settings })),
    entryOf('inspectorsChanged', z.strictObject({ inspectors: z.array(Inspector) })),
    entryOf('rubricChanged', z.strictObject({ rubric: Rubric })),
    entryOf(
      'noticeDrafted',
      z.strictObject({
        commitment: z.string(),
        referenceMonth: Month,
        eligible: z.int(),
        leftOut: z.int(),
      }),
    ),
    entryOf('noticePublished', z.strictObject({ digest: z.string() })),
    ...GATE_ENTRIES,
    /** A file of the platform's export, by its SHA-256, and the digest of the figures that were taken from it. */
    entryOf(
      'platformFiguresImported',
      z.strictObject({ fileName: z.string(), sha256: z.string(), digest: z.string(), agencies: z.int() }),
    ),
    entryOf('drawn', z.strictObject({ record: z.string(), digest: z.string(), visits: z.int() })),
    /** Somebody was recused after the draw, or a visit was added. */
    entryOf('drawChanged', z.strictObject({ change: z.custom<DrawChange>(isDrawChange) })),
    entryOf('planPublished', z.strictObject({ seed: z.string(), digest: z.string() })),
    /** `list` is the digest of bands and stars alone; a second announcement supersedes the first. */
    entryOf(
      'announced',
      z.strictObject({
        digest: z.string(),
        list: z.optional(z.string()),
        revision: z.optional(z.int().check(z.gte(2))),
      }),
    ),
    /** The circular's figures with their digest and the text drafted from them; onto the year before's manifest this year's is chained. */
    entryOf(
      'circularDrafted',
      z.strictObject({
        digest: z.string(),
        previousManifest: z._default(z.nullable(z.string()), null),
        figures: z.optional(CircularFigures),
        text: z.optional(CircularText),
      }),
    ),
    /** Parts of the text as a handler wants them, and the annex's order inside its groups. */
    entryOf(
      'circularEdited',
      z.strictObject({ text: EditedText, annexOrder: z.optional(z.array(FilingNumber)) }),
    ),
    /** Why a number that contradicts the data stays. */
    entryOf('contradictionExplained', Explained),
    entryOf('published', z.strictObject({ manifest: z.string() })),
    ...CYCLE_FREEZE_ENTRIES,
    ...END_ENTRIES,
  ]),
);
export type CycleAction = z.infer<typeof CycleAction>;
export type CycleActionType = CycleAction['type'];

export const CYCLE_STATUSES = {
  open: '进行中',
  frozen: '已冻结',
  published: '已公布',
  cancelled: '已取消',
  failed: '处理失败',
} as const;
export type CycleStatus = keyof typeof CYCLE_STATUSES;

/** The circular on its way to the signature. */
export interface Manuscript {
  figures: CircularFigures;
  drafted: CircularText;
  /** As it stands now: drafted, with what was edited. */
  text: CircularText;
  edited: EditedText;
  annexOrder: string[];
  explained: { sentence: string; found: string; reason: string; by: string }[];
}

export interface Cycle extends Run {
  status: CycleStatus;
  settings: Settings;
  rubric: Rubric;
  inspectors: Inspector[];
  /** The rubric and settings no longer change once the notice is approved. */
  rulesFixed: boolean;
  notice?: { commitment: string; referenceMonth: string; eligible: number; leftOut: number };
  draw?: { record: string; digest: string; visits: number };
  seed?: string;
  /** What changed since the plan was published, in order of time. */
  drawChanges: DrawChange[];
  manifest?: string;
  previousManifest: string | null;
  circular?: Manuscript;
  history: CycleAction[];
}

export function cycleOf(history: readonly CycleAction[]): Cycle {
  const [first] = history;
  if (first?.type !== 'opened') {
    throw new TypeError(`a cycle does not begin with ${first?.type ?? 'nothing'}`);
  }
  const { year, settings, rubric } = first.data;
  const empty: Cycle = {
    year,
    status: 'open',
    settings,
    rubric,
    inspectors: [],
    openings: {},
    drawChanges: [],
    previousManifest: null,
    rulesFixed: false,
    history: [],
  };
  let cycle = empty;
  for (const action of history) {
    cycle =
      action.type === 'restored'
        ? restored(cycle, history, action.data.toSeq)
        : { ...cycle, ...changes(cycle, action) };
  }
  return { ...cycle, history: [...history] };
}

/** As after an earlier entry, still standing still at the gate where it is now: nobody's time grows shorter. */
function restored({ status, gate, openings }: Cycle, history: readonly CycleAction[], toSeq: number): Cycle {
  return { ...cycleOf(history.slice(0, toSeq)), status, ...(gate && { gate }), openings };
}

function changes(cycle: Cycle, action: CycleAction): Partial<Cycle> {
  switch (action.type) {
    case 'settingsChanged':
      return { settings: action.data.settings };
    case 'inspectorsChanged':
      return { inspectors: action.data.inspectors, drawChanges: joined(cycle, action) };
    case 'drawChanged':
      return { drawChanges: [...cycle.drawChanges, action.data.change] };
    case 'rubricChanged':
      return { rubric: action.data.rubric };
    case 'noticeDrafted':
      return { notice: action.data };
    case 'gateOpened':
      return { status: 'open', ...gateChanges(cycle, action) };
    case 'deadlineMoved':
      return gateChanges(cycle, action);
    case 'gateDecided': {
      const { gate, verdict } = action.data;
      const approved = gate === 'approveNotice' && verdict === 'approve';
      return { ...gateChanges(cycle, action), rulesFixed: cycle.rulesFixed || approved };
    }
    case 'drawn':
      return { draw: action.data };
    case 'planPublished':
      return { seed: action.data.seed };
    case 'circularDrafted':
      return { previousManifest: action.data.previousManifest, ...drafted(cycle, action.data) };
    case 'circularEdited':
    case 'contradictionExplained':
      return edited(cycle, action);
    case 'frozen':
      return { status: 'frozen' };
    case 'unfrozen':
      return { status: 'open', ...goneOn(cycle, action) };
    case 'published':
      return { status: 'published', manifest: action.data.manifest };
    case 'cancelled':
      return { status: 'cancelled' };
    case 'failed':
      return { status: 'failed' };
    default:
      return {};
  }
}

/** The gate waits again, with the time that was left. */
function goneOn(
  { gate }: Cycle,
  { at, data }: Extract<CycleAction, { type: 'unfrozen' }>,
): Pick<Cycle, 'gate'> {
  if (!gate) return {};
  const { deadline = gate.deadline } = data;
  return { gate: { ...gate, resumedAt: at, ...(deadline && { deadline }) } };
}

/** A new draft keeps what a handler has edited. */
function drafted(
  { circular }: Cycle,
  { figures, text }: { figures?: CircularFigures | undefined; text?: CircularText | undefined },
): Pick<Cycle, 'circular'> {
  if (!figures || !text) return {};
  const kept = circular ?? { edited: {}, annexOrder: [], explained: [] };
  return { circular: { ...kept, figures, drafted: text, text: { ...text, ...kept.edited } } };
}

function edited(
  { circular }: Cycle,
  action: Extract<CycleAction, { type: 'circularEdited' | 'contradictionExplained' }>,
): Pick<Cycle, 'circular'> {
  if (!circular) return {};
  if (action.type === 'contradictionExplained') {
    const explained = { ...action.data, reason: action.reason ?? '', by: action.by.name };
    return { circular: { ...circular, explained: [...circular.explained, explained] } };
  }
  const { text, annexOrder = circular.annexOrder } = action.data;
  const parts = { ...circular.edited, ...text };
  return {
    circular: { ...circular, edited: parts, text: { ...circular.drafted, ...parts }, annexOrder },
  };
}

/** The day of the last approval at a gate: the date of the document that it let out. */
export function approvedOn(cycle: Pick<Cycle, 'history'>, gate: GateName): CivilDate | null {
  const decided = cycle.history.findLast(
    (action) =>
      action.type === 'gateDecided' && action.data.gate === gate && action.data.verdict === 'approve',
  );
  return decided ? chinaDate(new Date(decided.at)) : null;
}

/** When the records that a gate waited for last were due, be it open or not. */
export function lastDeadline({ history }: Pick<Cycle, 'history'>, gate: GateName): string | undefined {
  for (const action of history.toReversed()) {
    const states =
      action.type === 'gateOpened' ||
      action.type === 'deadlineMoved' ||
      (action.type === 'unfrozen' && action.data.deadline !== undefined);
    if (states && action.data.gate === gate) return action.data.deadline;
  }
  return undefined;
}

const PREPARING: Record<'approveNotice' | 'signCircular', readonly CycleActionType[]> = {
  approveNotice: ['opened', 'settingsChanged', 'rubricChanged'],
  signCircular: ['circularEdited', 'contradictionExplained'],
};

/** Inspectors who are registered once the plan is published come to the draw as it stands. */
function joined(cycle: Cycle, action: Extract<CycleAction, { type: 'inspectorsChanged' }>): DrawChange[] {
  const { drawChanges, inspectors: known, seed, settings } = cycle;
  const fresh = action.data.inspectors.filter(({ id }) => !known.some((one) => one.id === id));
  if (seed === undefined || fresh.length === 0) return drawChanges;
  const recusals = listedRecusals(fresh, chinaDate(new Date(action.at)), settings.recusalYears);
  const inspectors = fresh.map(({ id, name }) => ({ id, name }));
  return [...drawChanges, { type: 'joined', inspectors, recusals }];
}

/** People whose work a decision at a gate approves, as far as the cycle's own history tells. */
export function preparers(cycle: Cycle, gate: 'approveNotice' | 'signCircular'): string[] {
  const prepared = cycle.history.filter((action) => {
    if (action.type === 'gateDecided') return PREPARED_AT[gate]?.includes(action.data.gate);
    return PREPARING[gate].includes(action.type);
  });
  return [...new Set(prepared.map(({ by }) => by.id))].sort();
}
