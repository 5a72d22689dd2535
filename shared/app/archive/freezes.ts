/** Freezes of an archived year: while it stood still nothing else was written, and what was undone is what was ordered. */
import { type Cycle, type CycleAction, cycleOf } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { changedSince, headsAt, lengthAt, MAY_FREEZE, WHILE_FROZEN } from '../../domain/freeze.ts';
import { digestOf, type Entry, ROLES } from '../../domain/history.ts';
import { type Chains, CYCLE_PLACE, dossierPlace, entryPlace } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';

export function checkFreezes({ cycle, dossiers }: Chains): Check {
  const findings = [
    ...interrupted(CYCLE_PLACE, cycle.history),
    ...dossiers.flatMap(({ filingNumber, history }) => interrupted(dossierPlace(filingNumber), history)),
    ...cycle.history.flatMap((action) => wrongOrder(cycle, dossiers, action)),
    ...dossiers.flatMap((dossier) => wrongRestorations(cycle, dossier)),
  ];
  const freezes = cycle.history.filter(({ type }) => type === 'frozen').length;
  const restorations = cycle.history.filter(({ type }) => type === 'restored').length;
  return { title: '冻结和恢复', scope: `冻结 ${freezes} 次，恢复 ${restorations} 次`, findings };
}

/** Entries that do not belong to a freeze while a record stood still, and the other way round. */
function interrupted(place: string, history: readonly Entry[]): Finding[] {
  let frozen = false;
  return history.flatMap(({ type, seq }) => {
    const fits = frozen === WHILE_FROZEN.includes(type);
    if (type === 'frozen') frozen = true;
    if (type === 'unfrozen') frozen = false;
    if (fits) return [];
    return [
      {
        place: entryPlace(place, seq),
        problem: frozen ? '冻结期间仍有办理记录' : '没有冻结却作了恢复或解除',
      },
    ];
  });
}

function wrongOrder(cycle: Cycle, dossiers: readonly Dossier[], action: CycleAction): Finding[] {
  const place = entryPlace(CYCLE_PLACE, action.seq);
  const before = cycle.history.slice(0, action.seq - 1);
  if (action.type === 'checkpointTaken') {
    const since = before.findLast(({ type }) => type === 'frozen')?.at ?? '';
    const heads = headsAt(dossiers, since);
    const derived = { dossiers: heads.length, digest: digestOf(heads) };
    return compared(place, '冻结时的检查点与各档案不符', action.data, derived);
  }
  if (action.type !== 'frozen' && action.type !== 'restored' && action.type !== 'unfrozen') return [];
  const { by } = action;
  const role: Finding[] = MAY_FREEZE.includes(by.role)
    ? []
    : [{ place, problem: `${ROLES[by.role]}不能冻结、恢复或解除冻结` }];
  if (action.type !== 'restored') return role;
  const { to, toSeq } = action.data;
  const openedAt = cycleOf(before).gate?.openedAt ?? '';
  const tooFar: Finding[] = to < openedAt ? [{ place, problem: '恢复到了本环节开始之前' }] : [];
  return [...role, ...tooFar, ...compared(place, '恢复到的位置与时点不符', toSeq, lengthAt(before, to))];
}

function wrongRestorations({ history: ordered }: Cycle, { filingNumber, history }: Dossier): Finding[] {
  const orders = ordered.filter((action) => action.type === 'restored');
  const done = history.filter((action) => action.type === 'restored');
  const wrong = done.flatMap(({ seq, data }) => {
    const before = history.slice(0, seq - 1);
    const order = orders.find((one) => one.seq === data.restoration);
    const derived = order && {
      to: order.data.to,
      toSeq: lengthAt(before, order.data.to),
      restoration: order.seq,
    };
    return compared(entryPlace(dossierPlace(filingNumber), seq), '恢复与年度记录的命令不符', data, derived);
  });
  const missing = orders.flatMap(({ seq, at, data }): Finding[] => {
    if (done.some((one) => one.data.restoration === seq)) return [];
    const then = history.slice(0, lengthAt(history, at));
    if (!changedSince(then, data.to)) return [];
    return [{ place: `history.json，档案 ${filingNumber}`, problem: `没有按年度记录第 ${seq} 条恢复` }];
  });
  return [...wrong, ...missing];
}
