/** Cases for a veto 一票否决案: each act in its turn and by whom it belongs to, and no veto without a signed case. */
import type { Cycle } from '../../domain/cycle.ts';
import type { Dossier, DossierAction } from '../../domain/dossier.ts';
import { partial } from '../../domain/dossier-of.ts';
import type { ScoreSheet } from '../../domain/score.ts';
import {
  isVetoAction,
  openCases,
  signedVetoes,
  standingCodes,
  type VetoAction,
  type VetoCase,
  vetoesByCase,
  vetoHand,
  vetoHands,
  vetoTurn,
  vetoTurns,
} from '../../domain/veto.ts';
import { afterWorkingDays } from '../deadlines.ts';
import { Refusal } from '../refusal.ts';
import type { Chains } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';
import { stepsOf } from './dossiers.ts';

export function checkVetoes({ cycle, dossiers }: Chains): Check {
  const findings: Finding[] = [];
  let count = 0;
  for (const dossier of dossiers) {
    for (const { before, action, place } of stepsOf(dossier)) {
      if (!before) continue;
      const found = isVetoAction(action)
        ? [...wrongAct(cycle, before, action), ...wrongHands(before, action)]
        : [];
      count += isVetoAction(action) ? 1 : 0;
      const problems = [...found, ...unfounded(cycle, before, action), ...published(before, action)];
      findings.push(...problems.map((problem) => ({ place, problem })));
      if (isVetoAction(action)) findings.push(...wrongDay(cycle, action, place));
    }
  }
  return { title: '一票否决案', scope: `${count} 次办理`, findings };
}

const caseOf = ({ vetoCases }: Dossier, id: string): VetoCase | undefined =>
  vetoCases.findLast((one) => one.id === id);

/** Each act in its turn; nothing is decided while the agency may still speak. */
function wrongAct({ rubric }: Cycle, before: Dossier, action: VetoAction): string[] {
  const { by, at } = action;
  if (action.type === 'vetoProposed') {
    const { code, evidence, sources } = action.data;
    return [
      ...(vetoesByCase(rubric).some((veto) => veto.code === code) ? [] : ['不是须立案认定的一票否决情形']),
      ...(evidence.length + sources.length > 0 ? [] : ['一票否决案没有证据']),
      ...(standingCodes(before).includes(code) ? ['同一情形重复立案'] : []),
    ];
  }
  const { id } = action.data;
  if (!vetoTurns(before).includes(vetoTurn(id, action.type, by.role))) {
    return ['一票否决案没有由规定的角色按顺序办理'];
  }
  const one = caseOf(before, id);
  if (action.type === 'vetoStated' && one && at > one.answerBy) return ['不在陈述申辩的期限内'];
  if (action.type === 'vetoUnanswered' && one && at <= one.answerBy) return ['陈述申辩的期限未到'];
  const place = (one?.confirmations.length ?? 0) + 1;
  return action.type === 'vetoConfirmed' && action.data.confirmation !== place
    ? ['核实的次序与记录不符']
    : [];
}

/** Whoever decides has not proposed or confirmed the same case, and was not sent to that agency or kept away from it. */
function wrongHands(before: Dossier, { type, by, data }: VetoAction): string[] {
  if (type === 'vetoStated' || type === 'vetoUnanswered') return [];
  const again = type !== 'vetoProposed' && vetoHands(before).includes(vetoHand(data.id, by.id));
  return [
    ...(again ? [`${by.name}在同一一票否决案中办理了两次`] : []),
    ...(partial(before).includes(by.id) ? [`${by.name}检查过该机构或须回避，不能办理其一票否决案`] : []),
  ];
}

/** A score that says a veto for which a case is needed, without a signed one; or a signed one that the score leaves out. */
function unfounded({ rubric }: Cycle, before: Dossier, action: DossierAction): string[] {
  const sheet = 'sheet' in action.data ? (action.data.sheet as ScoreSheet | undefined) : undefined;
  const signs = action.type === 'vetoSigned' ? [caseOf(before, action.data.id)?.code ?? ''] : [];
  if (!sheet) return signs.length > 0 && before.sheet ? ['签发一票否决后没有重新计分'] : [];
  const signed = [...signedVetoes(before).map(({ code }) => code), ...signs];
  const said = sheet.vetoes.map(({ code }) => code);
  const needed = vetoesByCase(rubric).map(({ code }) => code);
  return [
    ...needed
      .filter((code) => said.includes(code) && !signed.includes(code))
      .map((code) => `${code} 一票否决没有签发的案件`),
    ...signed
      .filter((code) => needed.includes(code) && !said.includes(code))
      .map((code) => `${code} 已经签发一票否决，评分却没有计入`),
  ];
}

const published = (before: Dossier, { type }: DossierAction): string[] =>
  type === 'published' && openCases(before).length > 0 ? ['一票否决案没有办结就公布了结果'] : [];

/** The last day for the statement, counted again from the entry's own. */
function wrongDay({ settings }: Cycle, { at, type, data }: VetoAction, place: string): Finding[] {
  if (type !== 'vetoProposed') return [];
  const last = afterWorkingDays(new Date(at), settings.statementWorkingDays, settings);
  return last instanceof Refusal ? [] : compared(place, '截止日与评估设置不符', data.answerBy, last);
}
