import { describe, expect, it } from 'vitest';
import type { DossierAction } from '../../shared/domain/dossier.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import { arguedItems, openExchange, openMaterial, turnOf } from '../../shared/domain/exchange.ts';
import { scoreAgency } from '../../shared/domain/score.ts';
import { dossierAction, scoringOf } from './builders.ts';
import {
  ACTIONS,
  aDecision,
  aRuling,
  claimed,
  correction,
  someMaterial,
  WAY_TO,
} from './dossier-builders.ts';

const dossier = (...history: DossierAction[]) => dossierOf(2022, history);

describe('a draft result 初评结果', () => {
  const draftResult = (...history: DossierAction[]) => dossier(...history).draftResult;

  it('is told apart by what the agency did with it', () => {
    const sentAt = '2022-03-01T01:00:00.000Z';
    expect(draftResult(...WAY_TO.scored)).toBeUndefined();
    expect(draftResult(...WAY_TO.drafted)).toEqual({ sentAt });
    expect(draftResult(...WAY_TO.heard)).toEqual({ sentAt, outcome: 'accepted' });
    expect(draftResult(...WAY_TO.answered)).toEqual({ sentAt, outcome: 'answered' });
    expect(draftResult(...WAY_TO.drafted, ACTIONS.draftResultUnanswered)).toMatchObject({
      outcome: 'unanswered',
    });
  });

  it('answered with reason corrects facts on the statement, in the same entry as the new score', () => {
    const sheet = scoreAgency(scoringOf(claimed, { notApplicable: ['A1'] }));
    const data = { id: 'd1', verdict: 'upheld' as const, corrections: [correction], sheet };
    const replied = dossier(...WAY_TO.answered, dossierAction('answerDecided', data, { reason: '属实' }));
    expect(replied).toMatchObject({ status: 'heard', corrections: [{ ...correction, source: 'statement' }] });
    expect(replied.sheet).toEqual(sheet);
    expect(replied.answers).toMatchObject([
      { id: 'd1', items: ['A2'], reason: '执行批次数漏计', verdict: 'upheld', decision: '属实' },
    ]);
    expect(openExchange(replied)).toBeUndefined();
  });
});

describe('an objection 异议', () => {
  it('upheld corrects facts, and the agency is announced as before', () => {
    const upheld = dossier(...WAY_TO.objected, aDecision('upheld'));
    expect(upheld).toMatchObject({
      status: 'announced',
      corrections: [{ ...correction, source: 'objection' }],
    });
    expect(upheld.objections).toMatchObject([
      { id: 'o1', items: ['A2'], reason: '计划批次数有误', verdict: 'upheld', decision: '查阅台账' },
    ]);
  });

  it('rejected changes no fact and no score', () => {
    const before = dossier(...WAY_TO.objected);
    const rejected = dossier(...WAY_TO.objected, aDecision('rejected'));
    expect(rejected).toMatchObject({ status: 'announced', corrections: [], sheet: before.sheet });
    expect(rejected.objections).toMatchObject([{ verdict: 'rejected', decision: '查阅台账' }]);
  });

  it('is decided by itself where there are several', () => {
    const data = { id: 'o2', items: ['A1'], evidence: [] };
    const history = [...WAY_TO.objected, aDecision('rejected'), dossierAction('objectionRaised', data)];
    const { objections, status } = dossier(...history);
    expect(status).toBe('objected');
    expect(objections.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['o1', 'rejected'],
      ['o2', undefined],
    ]);
  });

  it('corrected facts end a declaration of not applicable', () => {
    const ruled = [...WAY_TO.scored.slice(0, 2), aRuling('A2', true), ...WAY_TO.objected.slice(2)];
    expect(dossier(...ruled).notApplicable).toEqual(['A2']);
    expect(dossier(...ruled, aDecision('rejected')).notApplicable).toEqual(['A2']);
    expect(dossier(...ruled, aDecision('upheld')).notApplicable).toEqual([]);
  });
});

describe('new material', () => {
  const turns = (...history: DossierAction[]) => turnOf(dossier(...WAY_TO.objected, ...history));

  it('hands the turn to the agency until it has answered, or its silence is on record', () => {
    expect(turnOf(dossier(...WAY_TO.announced))).toBeUndefined();
    expect(turns()).toBe('centre');
    expect(turns(someMaterial('o1'))).toBe('agency');
    expect(turns(someMaterial('o1'), ACTIONS.materialAnswered)).toBe('centre');
    expect(turns(someMaterial('o1'), ACTIONS.materialUnanswered)).toBe('centre');
    expect(turns(someMaterial('o1'), ACTIONS.materialAnswered, someMaterial('o1'))).toBe('agency');
    expect(turns(someMaterial('o1'), ACTIONS.materialAnswered, aDecision('upheld'))).toBeUndefined();
  });

  it('is kept with its answer, and widens what a decision may correct', () => {
    const { objections } = dossier(...WAY_TO.objected, someMaterial('o1'), ACTIONS.materialAnswered);
    const [open] = objections;
    if (!open) throw new Error('the objection is gone');
    expect(open.materials).toMatchObject([
      {
        items: ['A1'],
        documents: ['平台导出数据'],
        content: '平台显示另有一个批次',
        outcome: 'answered',
        answer: { content: '该批次属于上年度' },
      },
    ]);
    expect(openMaterial(open)).toBeUndefined();
    expect(arguedItems(open)).toEqual(['A2', 'A1']);
  });

  it('belongs to one exchange and leaves the others as they are', () => {
    const first = dossier(...WAY_TO.objected, aDecision('rejected'));
    const data = { id: 'o2', items: ['A1'], evidence: [] };
    const both = dossier(...first.history, dossierAction('objectionRaised', data), someMaterial('o2'));
    expect(both.objections[0]).toEqual(first.objections[0]);
    expect(both.objections[1]?.materials).toHaveLength(1);
  });
});
