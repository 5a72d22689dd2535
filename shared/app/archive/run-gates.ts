/** The gates of a run that followed publication: passed in their order, each by the role that it belongs to. */
import { type GateName, gateDefinition, MAY_CANCEL } from '../../domain/gates.ts';
import { type Entry, ROLES } from '../../domain/history.ts';
import type { GateAction, Run } from '../../domain/run.ts';
import type { Finding } from './check.ts';

/** After which verdict of which gate the workflow comes to a gate; `opened` is the beginning. */
export type Ways = Partial<Record<GateName, readonly string[]>>;

export const CORRECTION_WAYS: Ways = {
  prepareCorrection: ['opened', 'approveCorrection return', 'signCorrection return'],
  approveCorrection: ['prepareCorrection approve'],
  signCorrection: ['approveCorrection approve'],
};

export const RECTIFICATION_WAYS: Ways = {
  correctDefects: ['opened'],
  recheckCorrections: ['correctDefects complete'],
  decideRectifications: ['recheckCorrections complete', 'signRecommendations return'],
  signRecommendations: ['decideRectifications complete'],
};

/**
 * What is wrong with the gates of a run. `preparers` tells whose work a decision approves, given the entries before it.
 */
export function wrongGates<E extends Entry>(
  history: readonly E[],
  ways: Ways,
  placeOf: (seq: number) => string,
  preparers: (before: readonly E[], gate: GateName) => readonly string[],
): Finding[] {
  let came = '';
  let open: GateName | undefined;
  return history.flatMap((entry, index) => {
    const place = placeOf(entry.seq);
    if (entry.type === 'opened') {
      came = 'opened';
      open = undefined;
      return [];
    }
    if (!isGateAction(entry)) return [];
    const { gate } = entry.data;
    const { title } = gateDefinition(gate);
    if (entry.type === 'gateOpened') {
      const fits = open === undefined && ways[gate]?.includes(came);
      open = gate;
      return fits ? [] : [{ place, problem: `没有按流程进入“${title}”` }];
    }
    const isOpen = open === gate;
    if (entry.type === 'gateDecided') {
      came = `${gate} ${entry.data.verdict}`;
      open = undefined;
    }
    if (!isOpen) return [{ place, problem: `“${title}”当时没有等待办理` }];
    return entry.type === 'gateDecided'
      ? wrongSigner(entry, place, preparers(history.slice(0, index), gate))
      : [];
  });
}

function wrongSigner(
  { by, data: { gate, verdict } }: Extract<GateAction, { type: 'gateDecided' }>,
  place: string,
  preparers: readonly string[],
): Finding[] {
  const definition = gateDefinition(gate);
  if (verdict === 'cancel') {
    return MAY_CANCEL.includes(by.role) ? [] : [{ place, problem: `${ROLES[by.role]}不能取消` }];
  }
  const role = definition.waitsFor === 'decision' ? definition.role : 'system';
  if (by.role !== role) {
    return [{ place, problem: '不是由规定的角色办理', recorded: ROLES[by.role], derived: ROLES[role] }];
  }
  return preparers.includes(by.id) ? [{ place, problem: `${by.name}审批了自己参与的工作` }] : [];
}

/** Whether a gate of the run waited at an instant. Both ends count: what opens or closes it may bear the same time. */
export function waitedAt(history: Run['history'], gate: GateName, at: string): boolean {
  return history.some((entry, index) => {
    if (!isGateAction(entry) || entry.type !== 'gateOpened' || entry.data.gate !== gate) return false;
    const closed = history.slice(index).find(({ type }) => CLOSES.includes(type));
    return entry.at <= at && at <= (closed?.at ?? at);
  });
}

const CLOSES = ['gateDecided', 'cancelled', 'failed'];
const GATE_TYPES = ['gateOpened', 'deadlineMoved', 'gateDecided'];

function isGateAction(entry: Entry): entry is GateAction {
  return GATE_TYPES.includes(entry.type);
}
