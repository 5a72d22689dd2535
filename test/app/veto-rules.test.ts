/** The rules of cases for a veto in records and archives: they hold of a case as it is meant, and each is told when it is broken. */
import { describe, expect, it } from 'vitest';
import { checkVetoes } from '../../shared/app/archive/vetoes.ts';
import { checkRuns } from '../../shared/app/invariants/check-runs.ts';
import type { StoredItem } from '../../shared/app/invariants/stored-data.ts';
import { keys } from '../../shared/app/records.ts';
import { markedCases } from '../../shared/app/veto-marks.ts';
import { cycleOf } from '../../shared/domain/cycle.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { DossierAction } from '../../shared/domain/dossier.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import type { Role } from '../../shared/domain/history.ts';
import { scoreAgency } from '../../shared/domain/score.ts';
import { cycleAction, dossierAction, filing, scoringOf, theSettings } from '../domain/builders.ts';
import { ACTIONS, aCaseConfirmation, aVetoCase, claimed, WAY_TO } from '../domain/dossier-builders.ts';

const opened = cycleAction('opened', { year: 2021, settings: theSettings(), rubric: DEFAULT_RUBRIC });

/** Three working days after 1 March 2022. */
const proposal: DossierAction = withData(aVetoCase(), { answerBy: '2022-03-04T15:59:59.999Z' });
const stated = { ...ACTIONS.vetoStated, at: '2022-03-02T01:00:00.000Z' };
const silence = dossierAction(
  'vetoUnanswered',
  { id: 'V3-1' },
  { by: 'system', role: 'system', at: '2022-03-05T01:00:00.000Z' },
);
const [first, second] = [aCaseConfirmation(1, 'handler-2', 'handler'), aCaseConfirmation(2, 'approver-1')];
const vetoed = scoreAgency(scoringOf(claimed, { vetoCases: [{ code: 'V3', finding: '滥发证书 12 本' }] }));
const signedWith = (sheet?: typeof vetoed) =>
  withData(ACTIONS.vetoSigned, sheet ? { id: 'V3-1', sheet } : { id: 'V3-1' });

const before = WAY_TO.announced;
const whole = [...before, proposal, stated, first, second, signedWith(vetoed)];

function withData(action: DossierAction, changes: object): DossierAction {
  return { ...action, data: { ...action.data, ...changes } } as DossierAction;
}

const signedBy = (action: DossierAction, id: string, role: Role): DossierAction => ({
  ...action,
  by: { id, name: id, role },
});

const problemsOf = (history: DossierAction[]) =>
  checkVetoes({ cycle: cycleOf([opened]), dossiers: [dossierOf(2021, history)] }).findings.map(
    ({ problem }) => problem,
  );

describe('a case for a veto', () => {
  it('holds as it is meant: signed, passed over in silence, or rejected and opened again', () => {
    expect(problemsOf(whole)).toEqual([]);
    expect(problemsOf([...before, proposal, silence, first, second, signedWith(vetoed)])).toEqual([]);
    const again = withData(proposal, { id: 'V3-2' });
    expect(problemsOf([...before, proposal, stated, ACTIONS.vetoRejected, again])).toEqual([]);
    expect(problemsOf([...WAY_TO.reviewed, proposal, stated, first, second, signedWith()])).toEqual([]);
  });

  const BROKEN: [string, DossierAction[], string][] = [
    [
      'one for a veto that follows from the record',
      [...before, withData(proposal, { code: 'V6' })],
      '不是须立案认定的一票否决情形',
    ],
    ['one without evidence', [...before, withData(proposal, { sources: [] })], '一票否决案没有证据'],
    [
      'a second one while the first is open',
      [...before, proposal, withData(proposal, { id: 'V3-2' })],
      '同一情形重复立案',
    ],
    [
      'a window that is too short',
      [...before, withData(proposal, { answerBy: '2022-03-03T15:59:59.999Z' })],
      '截止日与评估设置不符',
    ],
    [
      'a statement after its day',
      [...before, proposal, { ...stated, at: '2022-03-05T01:00:00.000Z' }],
      '不在陈述申辩的期限内',
    ],
    [
      'silence before its day',
      [...before, proposal, { ...silence, at: '2022-03-03T01:00:00.000Z' }],
      '陈述申辩的期限未到',
    ],
    ['a confirmation of somebody unheard', [...before, proposal, first], '没有由规定的角色按顺序办理'],
    [
      'a confirmation by the proposer',
      [...before, proposal, stated, signedBy(first, 'handler-1', 'handler')],
      'handler-1在同一一票否决案中办理了两次',
    ],
    [
      'two confirmations by one person',
      [...before, proposal, stated, first, signedBy(second, 'handler-2', 'approver')],
      'handler-2在同一一票否决案中办理了两次',
    ],
    [
      'two confirmations by handlers',
      [...before, proposal, stated, first, signedBy(second, 'handler-3', 'handler')],
      '没有由规定的角色按顺序办理',
    ],
    [
      'confirmations that are counted wrongly',
      [...before, proposal, stated, withData(first, { confirmation: 2 })],
      '核实的次序与记录不符',
    ],
    [
      'a confirmation by an inspector of the agency',
      [...WAY_TO.visited, proposal, stated, signedBy(first, 'inspector-1', 'approver')],
      'inspector-1检查过该机构或须回避',
    ],
    [
      'a signature after one confirmation',
      [...before, proposal, stated, first, signedWith(vetoed)],
      '没有由规定的角色按顺序办理',
    ],
    [
      'a signature by somebody else than the director',
      [...before, proposal, stated, first, second, signedBy(signedWith(vetoed), 'approver-2', 'approver')],
      '没有由规定的角色按顺序办理',
    ],
    [
      'a signature that changes no score',
      [...before, proposal, stated, first, second, signedWith()],
      '签发一票否决后没有重新计分',
    ],
    [
      'a score that leaves it out',
      [...before, proposal, stated, first, second, signedWith({ ...vetoed, vetoes: [] })],
      'V3 已经签发一票否决，评分却没有计入',
    ],
    [
      'a vetoed score without a case',
      [...WAY_TO.reviewed, dossierAction('scored', { sheet: vetoed })],
      'V3 一票否决没有签发的案件',
    ],
    [
      'a publication over an open case',
      [...before, proposal, ACTIONS.published],
      '一票否决案没有办结就公布了结果',
    ],
  ];

  it.each(BROKEN)('%s: told', (_what, history, problem) => {
    expect(problemsOf(history).join('\n')).toContain(problem);
  });
});

describe('the mark of an open case', () => {
  const filingNumber = filing(1);
  const cycle: StoredItem = { ...keys.cycle(2021), entries: [opened] };
  const dossier = (history: DossierAction[]): StoredItem => ({
    ...keys.dossier(2021, filingNumber),
    entries: history,
  });
  const told = (...items: StoredItem[]) =>
    checkRuns({ items, objects: [], executions: [], faults: [], reports: async () => new Map() })
      .flatMap(({ findings }) => findings)
      .map(({ problem }) => problem);

  it('is there while the case is open; without it: told', () => {
    const mark: StoredItem = { pk: markedCases(2021), sk: filingNumber, value: {} };
    expect(told(cycle, dossier([...before, proposal]), mark)).toEqual([]);
    expect(told(cycle, dossier(whole))).toEqual([]);
    expect(told(cycle, dossier([...before, proposal]))).toEqual(['一票否决案没有办结，却没有等待标记']);
  });
});
