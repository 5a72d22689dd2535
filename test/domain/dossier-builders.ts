/** One action of each type, and for each status the shortest list of actions that leads there. */
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { DossierAction, DossierActionType, DossierStatus } from '../../shared/domain/dossier.ts';
import type { Answers } from '../../shared/domain/facts.ts';
import type { Role } from '../../shared/domain/history.ts';
import type { Settled } from '../../shared/domain/joint-entry.ts';
import { scoreAgency } from '../../shared/domain/score.ts';
import { anAgency, aRate, dossierAction, fullMarks, scoringOf } from './builders.ts';

export const claimed: Answers = fullMarks(DEFAULT_RUBRIC);
export const commitment = { name: '王某', position: '校长', date: '2022-03-10' };
export const correction = { item: 'A2', facts: aRate(7, 10), reason: '与平台数据一致' };
const representative = { name: '王某', agrees: true };

/** A finding of one inspector on site. */
export function aFinding(answers: Answers, by: string): DossierAction {
  const data = { answers, representative, visitedOn: '2022-03-20' };
  return dossierAction('findingRecorded', data, { by, role: 'inspector' });
}

/** A joint entry that one inspector drafts. */
export function aJointEntry(by: string, ...settled: Settled[]): DossierAction {
  return dossierAction('jointEntryDrafted', { settled }, { by, role: 'inspector' });
}

export function aConfirmation(by: string, entry: number): DossierAction {
  return dossierAction('jointEntryConfirmed', { entry }, { by, role: 'inspector' });
}

export function aSendingBack(by: string, entry: number): DossierAction {
  return dossierAction('jointEntrySentBack', { entry }, { by, role: 'inspector', reason: '漏看一份台账' });
}

export function anAssignment(...inspectors: string[]): DossierAction {
  return dossierAction('visitAssigned', { inspectors, reasons: ['随机抽取'] });
}

export function aDecision(verdict: 'upheld' | 'rejected', corrections = [correction]): DossierAction {
  return dossierAction('objectionDecided', { id: 'o1', verdict, corrections }, { reason: '查阅台账' });
}

/** New material of the centre in an exchange. */
export function someMaterial(id: string, items = ['A1']): DossierAction {
  const data = { id, items, documents: ['平台导出数据'], answerBy: '2022-04-10T15:59:59.999Z' };
  return dossierAction('materialPut', data, { reason: '平台显示另有一个批次' });
}

/** Whether a declaration of not applicable was approved. */
export function aRuling(item: string, approved: boolean): DossierAction {
  return dossierAction('notApplicableDecided', { item, approved }, { by: 'approver-1', role: 'approver' });
}

/** The agency asks that an inspector keep away. */
export function aRequest(inspector: string, by = 'agency-1', role: Role = 'agency'): DossierAction {
  return dossierAction('recusalRequested', { inspector }, { by, role, reason: '与校长有亲属关系' });
}

export function aRecusalDecision(inspector: string, granted: boolean): DossierAction {
  const approver = { by: 'approver-1', role: 'approver', reason: '情况属实' } as const;
  return dossierAction('recusalDecided', { inspector, granted }, approver);
}

/** A handler puts a case to the agency. */
export function aVetoCase(code = 'V3', id = `${code}-1`): DossierAction {
  const sources = [{ title: '证书查询记录', on: '2022-02-20' }];
  const data = { id, code, evidence: [], sources, answerBy: '2022-04-10T15:59:59.999Z' };
  return dossierAction('vetoProposed', data, { by: 'handler-1', role: 'handler', reason: '滥发证书 12 本' });
}

export function aCaseConfirmation(
  confirmation: 1 | 2,
  by: string,
  role: Role = 'approver',
  id = 'V3-1',
): DossierAction {
  return dossierAction('vetoConfirmed', { id, confirmation }, { by, role, reason: '经核实' });
}

const byAgency = { by: 'agency-1', role: 'agency' } as const;
export const ACTIONS: Record<DossierActionType, DossierAction> = {
  admitted: dossierAction('admitted', { agency: anAgency() }),
  leftOut: dossierAction('leftOut', {
    agency: anAgency(),
    because: { code: 'excluded', reason: '省中心抽查评估' },
  }),
  submitted: dossierAction(
    'submitted',
    { answers: claimed, commitment, claimed: '100.00', digest: 'd1' },
    byAgency,
  ),
  returned: dossierAction('returned', {}, { reason: 'A2 计划批次数与附件不符' }),
  closedUnfiled: dossierAction('closedUnfiled', {}),
  submissionStands: dossierAction('submissionStands', {}),
  flagged: dossierAction('flagged', { flags: [{ code: 'evidenceMissing', item: 'B3', detail: '缺少材料' }] }),
  flagsTreated: dossierAction(
    'flagsTreated',
    { flags: ['f1'], treatment: 'accepted', corrections: [] },
    { reason: '材料已补看' },
  ),
  deskReviewed: dossierAction('deskReviewed', { corrections: [] }),
  notApplicableDecided: aRuling('C4', true),
  recusalRequested: aRequest('inspector-3'),
  recusalDecided: aRecusalDecision('inspector-3', true),
  inspectorReplaced: dossierAction('inspectorReplaced', {
    inspector: 'inspector-1',
    replacedBy: 'inspector-4',
  }),
  visitAssigned: anAssignment('inspector-1', 'inspector-2'),
  captureKeyRegistered: dossierAction(
    'captureKeyRegistered',
    { key: { x: 'x'.repeat(43), y: 'y'.repeat(43) } },
    { by: 'inspector-1', role: 'inspector' },
  ),
  findingRecorded: aFinding(claimed, 'inspector-1'),
  jointEntryDrafted: aJointEntry('inspector-1', correction),
  jointEntryConfirmed: aConfirmation('inspector-2', 7),
  jointEntrySentBack: aSendingBack('inspector-2', 7),
  visitClosed: dossierAction('visitClosed', { lapsed: false }),
  scored: dossierAction('scored', { sheet: scoreAgency(scoringOf(claimed)) }),
  draftResultSent: dossierAction('draftResultSent', {}),
  draftResultAccepted: dossierAction('draftResultAccepted', {}, byAgency),
  draftResultAnswered: dossierAction(
    'draftResultAnswered',
    { id: 'd1', items: ['A2'], evidence: [], dueBy: '2022-04-20T15:59:59.999Z' },
    { ...byAgency, reason: '执行批次数漏计' },
  ),
  draftResultUnanswered: dossierAction('draftResultUnanswered', {}),
  answerDecided: dossierAction(
    'answerDecided',
    { id: 'd1', verdict: 'upheld', corrections: [correction] },
    { reason: '查阅平台数据' },
  ),
  materialPut: someMaterial('o1'),
  materialAnswered: dossierAction(
    'materialAnswered',
    { id: 'o1', evidence: [] },
    { ...byAgency, reason: '该批次属于上年度' },
  ),
  materialUnanswered: dossierAction('materialUnanswered', { id: 'o1' }),
  announced: dossierAction('announced', {}),
  objectionRaised: dossierAction(
    'objectionRaised',
    { id: 'o1', items: ['A2'], evidence: [] },
    { ...byAgency, reason: '计划批次数有误' },
  ),
  objectionDecided: aDecision('upheld'),
  vetoProposed: aVetoCase(),
  vetoStated: dossierAction(
    'vetoStated',
    { id: 'V3-1', evidence: [] },
    { ...byAgency, reason: '证书均按规定核发' },
  ),
  vetoUnanswered: dossierAction('vetoUnanswered', { id: 'V3-1' }),
  vetoConfirmed: aCaseConfirmation(1, 'approver-1'),
  vetoSigned: dossierAction(
    'vetoSigned',
    { id: 'V3-1' },
    { by: 'director-1', role: 'director', reason: '事实清楚' },
  ),
  vetoRejected: dossierAction(
    'vetoRejected',
    { id: 'V3-1' },
    { by: 'approver-1', role: 'approver', reason: '证据不足' },
  ),
  published: dossierAction('published', { stars: 5, result: '五星级' }),
  resultCorrected: dossierAction('resultCorrected', {
    version: 2,
    corrections: [],
    sheet: scoreAgency(scoringOf(claimed)),
  }),
  starRevoked: dossierAction('starRevoked', {
    version: 2,
    sheet: { ...scoreAgency(scoringOf(claimed)), stars: 0, result: '撤销星级' },
  }),
  setAside: dossierAction('setAside', { step: 'score' }, { reason: '数据不完整' }),
  setAsideCleared: dossierAction('setAsideCleared', {}),
  frozen: dossierAction('frozen', {}, { reason: '发现泄密' }),
  restored: dossierAction(
    'restored',
    { to: '2022-03-10T00:00:00.000Z', toSeq: 1, restoration: 9 },
    { reason: '恢复' },
  ),
  unfrozen: dossierAction('unfrozen', {}, { reason: '查清' }),
};

export const actions = (...types: DossierActionType[]) => types.map((type) => ACTIONS[type]);

const toSubmitted = actions('admitted', 'submitted');
const toReviewed = [...toSubmitted, ACTIONS.deskReviewed];
const toVisiting = [...toReviewed, ACTIONS.visitAssigned];
const toScored = [...toReviewed, ACTIONS.scored];
const toDrafted = [...toScored, ACTIONS.draftResultSent];
const toHeard = [...toDrafted, ACTIONS.draftResultAccepted];
const toAnnounced = [...toHeard, ACTIONS.announced];
const toObjected = [...toAnnounced, ACTIONS.objectionRaised];

export const WAY_TO: Record<DossierStatus, DossierAction[]> = {
  leftOut: actions('leftOut'),
  collecting: actions('admitted'),
  submitted: toSubmitted,
  notFiled: actions('admitted', 'closedUnfiled'),
  reviewed: toReviewed,
  visiting: toVisiting,
  visited: [...toVisiting, ACTIONS.visitClosed],
  scored: toScored,
  drafted: toDrafted,
  answered: [...toDrafted, ACTIONS.draftResultAnswered],
  heard: toHeard,
  announced: toAnnounced,
  objected: toObjected,
  published: [...toAnnounced, ACTIONS.published],
};
