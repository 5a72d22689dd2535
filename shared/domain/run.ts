/** A run: one passage of a state machine, as its record tells it. The year's cycle is one; what follows it are others. */
import * as z from 'zod/mini';
import { Instant } from './calendar.ts';
import { GATE_NAMES, type GateName, type Verdict } from './gates.ts';
import { type Entry, entryOf } from './history.ts';
import { NOTHING } from './schemas.ts';

const Opening = { gate: z.enum(GATE_NAMES), attempt: z.int().check(z.gte(1)) };

/** What the record of every run can say of its gates. */
export const GATE_ENTRIES = [
  /** `enteredAt` is the workflow's own mark of this visit to the gate: the same for every retry of it. */
  entryOf('gateOpened', z.strictObject({ ...Opening, enteredAt: z.string(), deadline: z.optional(Instant) })),
  entryOf('deadlineMoved', z.strictObject({ ...Opening, deadline: Instant })),
  entryOf(
    'gateDecided',
    z.strictObject({
      ...Opening,
      verdict: z.enum(['approve', 'return', 'complete', 'cancel']),
      agencies: z.array(z.string()),
    }),
  ),
] as const;
/** How the record of every run says that it broke off. */
export const END_ENTRIES = [
  entryOf('cancelled', NOTHING),
  entryOf('failed', z.strictObject({ error: z.string() })),
] as const;
export type EndAction = z.infer<(typeof END_ENTRIES)[number]>;

export type GateAction = z.infer<(typeof GATE_ENTRIES)[number]>;

export interface OpenGate {
  gate: GateName;
  attempt: number;
  enteredAt: string;
  openedAt: string;
  /** When the year went on after a freeze at this gate. */
  resumedAt?: string;
  deadline?: string;
  decision?: { verdict: Verdict; agencies: string[]; by: string; reason?: string };
}

export interface Run {
  year: number;
  /** `open` while the run is under way; its ends are its own. */
  status: string;
  /** The gate that was opened last, decided or not. */
  gate?: OpenGate;
  openings: Partial<Record<GateName, number>>;
  history: readonly (Entry | GateAction)[];
}

/** What an entry about a gate changes in its run. */
export function gateChanges(
  run: Run,
  action: GateAction,
): Pick<Run, 'gate'> | Pick<Run, 'gate' | 'openings'> {
  if (action.type === 'gateOpened') {
    const { gate, attempt } = action.data;
    return {
      gate: { ...action.data, openedAt: action.at },
      openings: { ...run.openings, [gate]: attempt },
    };
  }
  if (!run.gate) return {};
  if (action.type === 'deadlineMoved') return { gate: { ...run.gate, deadline: action.data.deadline } };
  const { verdict, agencies } = action.data;
  const decision = { verdict, agencies, by: action.by.id, ...(action.reason && { reason: action.reason }) };
  return { gate: { ...run.gate, decision } };
}

/** The gate that waits right now, if any. */
export function waitingGate(run: Run): OpenGate | undefined {
  return run.status === 'open' && run.gate && !run.gate.decision ? run.gate : undefined;
}

/** The decision that was taken at one visit to a gate. */
export function decisionAt(run: Run, gate: GateName, attempt: number) {
  return run.history.find(
    (action): action is Extract<GateAction, { type: 'gateDecided' }> =>
      isGateDecided(action) && action.data.gate === gate && action.data.attempt === attempt,
  );
}

const isGateDecided = (action: Entry | GateAction): action is Extract<GateAction, { type: 'gateDecided' }> =>
  action.type === 'gateDecided';
