/** Answers to draft results and objections: replied to at the centre's turn, in the deadlines, about what was argued. */
import type { Cycle } from '../../domain/cycle.ts';
import type { Dossier, DossierAction } from '../../domain/dossier.ts';
import { arguedItems, isExchangeAction, openExchange, openMaterial, turnOf } from '../../domain/exchange.ts';
import { afterDays, afterWorkingDays } from '../deadlines.ts';
import { Refusal } from '../refusal.ts';
import type { Chains } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';
import { stepsOf } from './dossiers.ts';

export function checkExchanges({ cycle, dossiers }: Chains): Check {
  const findings: Finding[] = [];
  let count = 0;
  for (const dossier of dossiers) {
    for (const { before, action, place } of stepsOf(dossier)) {
      if (!before || !isExchangeAction(action)) continue;
      count++;
      findings.push(...wrongTurn(before, action, place), ...wrongDay(cycle, action, place));
    }
  }
  return { title: '陈述申辩、异议和新材料', scope: `${count} 次`, findings };
}

/** Nothing is decided while the agency may still answer, and silence is recorded only once it may not. */
function wrongTurn(before: Dossier, action: DossierAction, place: string): Finding[] {
  const open = openExchange(before);
  const answerBy = open && openMaterial(open)?.answerBy;
  switch (action.type) {
    case 'materialPut':
      return turnOf(before) === 'centre' ? [] : [{ place, problem: '当时不应由市中心办理' }];
    case 'answerDecided':
    case 'objectionDecided': {
      if (turnOf(before) !== 'centre') return [{ place, problem: '机构尚可说明新材料，不应作出处理' }];
      const argued = open ? arguedItems(open) : [];
      const strange = action.data.corrections.find(({ item }) => !argued.includes(item));
      return strange ? [{ place, problem: `更正了没有争议的项目 ${strange.item}` }] : [];
    }
    case 'materialAnswered':
      return answerBy && action.at <= answerBy ? [] : [{ place, problem: '不在说明新材料的期限内' }];
    case 'materialUnanswered':
      return answerBy && action.at > answerBy ? [] : [{ place, problem: '说明新材料的期限未到' }];
    default:
      return [];
  }
}

/** The days that an entry sets, counted again from its own. */
function wrongDay({ settings }: Cycle, { at, type, data }: DossierAction, place: string): Finding[] {
  const now = new Date(at);
  const problem = '截止日与评估设置不符';
  switch (type) {
    case 'draftResultAnswered':
    case 'objectionRaised': {
      const days = type === 'objectionRaised' ? settings.objectionDecisionDays : settings.answerReplyDays;
      return data.dueBy === undefined ? [] : compared(place, problem, data.dueBy, afterDays(now, days));
    }
    case 'materialPut': {
      const last = afterWorkingDays(now, settings.statementWorkingDays, settings);
      return last instanceof Refusal ? [] : compared(place, problem, data.answerBy, last);
    }
    default:
      return [];
  }
}
