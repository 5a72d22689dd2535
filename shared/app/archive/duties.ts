/** Who acted: the role that the step belongs to, nobody on work of their own, inspectors only where they were drawn. */
import { type Cycle, type CycleAction, cycleOf, preparers } from '../../domain/cycle.ts';
import type { Dossier, DossierAction } from '../../domain/dossier.ts';
import { partial } from '../../domain/dossier-of.ts';
import { GATES, gateDefinition, MAY_CANCEL } from '../../domain/gates.ts';
import { ROLES } from '../../domain/history.ts';
import { pendingRecusals } from '../../domain/recusal.ts';
import { unconfirmed } from '../../domain/visit.ts';
import { type Chains, CYCLE_PLACE, entryPlace } from './chains.ts';
import type { Check, Finding } from './check.ts';
import { stepsOf } from './dossiers.ts';

export function checkDuties({ cycle, dossiers }: Chains): Check {
  const decisions = cycle.history.filter((action) => action.type === 'gateDecided');
  const findings = decisions.flatMap((decision) => wrongDecision(cycle, dossiers, decision));
  for (const dossier of dossiers) findings.push(...wrongPeople(dossier));
  return {
    title: '签字人和经办、审批分离',
    scope: `${decisions.length} 个环节，${dossiers.length} 份档案`,
    findings,
  };
}

type Decision = Extract<CycleAction, { type: 'gateDecided' }>;

function wrongDecision(cycle: Cycle, dossiers: Dossier[], decision: Decision): Finding[] {
  const { by, seq, at, data } = decision;
  const { gate, verdict } = data;
  const place = `${entryPlace(CYCLE_PLACE, seq)}（${GATES[gate].title}）`;
  const definition = gateDefinition(gate);
  if (verdict === 'cancel') {
    return MAY_CANCEL.includes(by.role) ? [] : [{ place, problem: `${ROLES[by.role]}不能取消年度评估` }];
  }
  const role = definition.waitsFor === 'decision' ? definition.role : 'system';
  if (by.role !== role) {
    return [{ place, problem: '不是由规定的角色办理', recorded: ROLES[by.role], derived: ROLES[role] }];
  }
  const before = cycleOf(cycle.history.slice(0, seq - 1));
  if (!preparersOf(before, dossiers, gate, at).includes(by.id)) return [];
  return [{ place, problem: `${by.name}审批了自己参与的工作` }];
}

/** Those whose work a decision approves, from all histories of the year. */
function preparersOf(
  cycle: Cycle,
  dossiers: Dossier[],
  gate: Decision['data']['gate'],
  at: string,
): string[] {
  if (gate === 'approveNotice' || gate === 'signCircular') return preparers(cycle, gate);
  const atDesk = ['flagsTreated', 'deskReviewed'];
  const kinds = {
    approvePlan: atDesk,
    reviewScores: [...atDesk, 'findingRecorded', 'jointEntryDrafted', 'jointEntryConfirmed'],
  };
  const types = gate === 'approvePlan' || gate === 'reviewScores' ? kinds[gate] : [];
  return dossiers.flatMap(({ history }) =>
    history.filter((action) => types.includes(action.type) && action.at <= at).map(({ by }) => by.id),
  );
}

function wrongPeople(dossier: Dossier): Finding[] {
  return [...stepsOf(dossier)].flatMap(({ before, action, place }) => {
    const problem = before && wrongPerson(before, action);
    return problem ? [{ place, problem: `${action.by.name}${problem}` }] : [];
  });
}

/** Why somebody may not have signed an action, given the dossier as it stood before. */
function wrongPerson(before: Dossier, { type, by }: DossierAction): string | undefined {
  const { visit } = before;
  const drawn = visit?.inspectors.includes(by.id) ?? false;
  switch (type) {
    case 'findingRecorded':
    case 'jointEntryDrafted':
      if (!drawn) return '不是该机构的检查人员';
      return type === 'findingRecorded' && visit?.findings[by.id] ? '重复提交了检查记录' : undefined;
    case 'jointEntryConfirmed':
    case 'jointEntrySentBack':
      return visit && unconfirmed(visit).includes(by.id)
        ? undefined
        : '无权确认或退回会商记录：由本人起草或没有参加检查';
    case 'recusalDecided': {
      const asked = pendingRecusals(before).some((request) => request.by.id === by.id);
      return drawn || asked ? '决定了自己提出或涉及的回避' : undefined;
    }
    case 'answerDecided':
    case 'objectionDecided':
    case 'materialPut':
      return partial(before).includes(by.id) ? '检查过该机构或须回避，不能处理其陈述申辩和异议' : undefined;
    default:
      return undefined;
  }
}
