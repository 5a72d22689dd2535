import { describe, expect, it } from 'vitest';
import { correct } from '../../shared/domain/corrected-facts.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import { everInspected } from '../../shared/domain/visit.ts';
import { anAgency, aRate, dossierAction, fullMarks, fullMarksBut, ticks } from './builders.ts';
import {
  ACTIONS,
  actions,
  aFinding,
  anAssignment,
  aRuling,
  claimed,
  correction,
  WAY_TO,
} from './dossier-builders.ts';

const dossier = (...history: Parameters<typeof dossierOf>[1]) => dossierOf(2022, history);

describe('a dossier 评估档案', () => {
  it('is that of its agency and year, and keeps every action', () => {
    const found = dossier(...WAY_TO.published);
    expect(found).toMatchObject({ year: 2022, filingNumber: anAgency().filingNumber, agency: anAgency() });
    expect(found.history).toEqual(WAY_TO.published);
  });

  it('tells why an agency was left out, until it is admitted', () => {
    const because = { code: 'excluded', reason: '省中心抽查评估' };
    expect(dossier(ACTIONS.leftOut).leftOut).toEqual(because);
    expect(dossier(...actions('admitted', 'leftOut')).leftOut).toEqual(because);
    expect(dossier(...actions('leftOut', 'admitted')).leftOut).toBeUndefined();
  });

  it('holds the agency as it was last admitted', () => {
    const renamed = anAgency({ name: '淮南某新集团有限公司' });
    const found = dossier(ACTIONS.admitted, dossierAction('admitted', { agency: renamed }));
    expect(found.agency.name).toBe('淮南某新集团有限公司');
  });
});

describe('a submission', () => {
  it('is kept with its commitment, digest and instant', () => {
    expect(dossier(...WAY_TO.submitted).submission).toMatchObject({
      answers: claimed,
      claimed: '100.00',
      digest: 'd1',
      at: '2022-03-01T01:00:00.000Z',
      commitment: { name: '王某', position: '校长' },
    });
  });

  it('handed back and not filed again stands as it was', () => {
    const returned = dossier(...actions('admitted', 'submitted', 'returned'));
    expect(returned).toMatchObject({ status: 'collecting', returnedFor: 'A2 计划批次数与附件不符' });
    const stands = dossier(...actions('admitted', 'submitted', 'returned', 'submissionStands'));
    expect(stands).toMatchObject({ status: 'submitted', submission: { digest: 'd1' } });
  });

  it('filed again replaces the first', () => {
    const second = { answers: fullMarksBut(DEFAULT_RUBRIC, { A2: aRate(8, 10) }), digest: 'd2' };
    const commitment = { name: '王某', position: '校长', date: '2022-03-12' };
    const again = dossierAction('submitted', { ...second, claimed: '99.00', commitment });
    const found = dossier(...actions('admitted', 'submitted', 'returned'), again);
    expect(found.submission).toMatchObject(second);
  });
});

describe('the desk review', () => {
  it('corrects facts and leaves evidence and the submission as they are', () => {
    const data = { corrections: [correction] };
    const { desk, submission } = dossier(...WAY_TO.submitted, dossierAction('deskReviewed', data));
    expect(desk).toMatchObject(data);
    expect(desk?.answers.items.A2).toEqual({ ...claimed.items.A2, facts: aRate(7, 10) });
    expect(desk?.answers.items.A1).toEqual(claimed.items.A1);
    expect(submission?.answers).toEqual(claimed);
  });

  it('replaces earlier flags by those of the last comparison', () => {
    const flagged = dossier(...WAY_TO.submitted, ACTIONS.flagged);
    expect(flagged.flags).toMatchObject([{ code: 'evidenceMissing', item: 'B3' }]);
    const cleared = dossier(...flagged.history, dossierAction('flagged', { flags: [] }));
    expect(cleared.flags).toEqual([]);
  });
});

describe('declarations of not applicable', () => {
  const ruled = (...rulings: [item: string, approved: boolean][]) =>
    dossier(...WAY_TO.submitted, ...rulings.map(([item, approved]) => aRuling(item, approved))).notApplicable;

  it('hold once they were approved, each once', () => {
    expect(ruled()).toEqual([]);
    expect(ruled(['C4', true], ['D4', true], ['C4', true])).toEqual(['D4', 'C4']);
  });

  it('do not hold where they were refused, be it later', () => {
    expect(ruled(['C4', false])).toEqual([]);
    expect(ruled(['C4', true], ['D4', true], ['C4', false])).toEqual(['D4']);
  });
});

describe('a correction', () => {
  it('ends a declaration of not applicable and keeps remark and evidence', () => {
    const { evidence } = claimed.items.A2 ?? {};
    const declared = { notApplicable: { reason: '无' }, remark: '见附件', evidence };
    const corrected = correct(fullMarks(DEFAULT_RUBRIC, { A2: declared }), [correction]);
    expect(corrected.items.A2).toEqual({ remark: '见附件', evidence, facts: aRate(7, 10) });
  });

  it('is followed by the next one of the same item, and may answer what was not answered', () => {
    const later = { ...correction, facts: aRate(9, 10) };
    expect(correct(claimed, [correction, later]).items.A2?.facts).toEqual(aRate(9, 10));
    const fresh = { item: 'A1', facts: ticks('1'), reason: '现场补充' };
    expect(correct({ items: {}, bonus: {} }, [fresh]).items.A1).toEqual({ facts: ticks('1') });
  });
});

describe('a visit', () => {
  it('keeps each inspector’s last finding', () => {
    const first = fullMarksBut(DEFAULT_RUBRIC, { A2: aRate(6, 10) });
    const { visit } = dossier(
      ...WAY_TO.visiting,
      aFinding(first, 'inspector-1'),
      aFinding(claimed, 'inspector-2'),
      aFinding(claimed, 'inspector-1'),
    );
    expect(visit?.inspectors).toEqual(['inspector-1', 'inspector-2']);
    expect(visit?.findings['inspector-1']?.answers).toEqual(claimed);
    expect(Object.keys(visit?.findings ?? {})).toEqual(['inspector-1', 'inspector-2']);
  });

  it('that lapsed leaves the agency reviewed at the desk', () => {
    const lapsed = dossierAction('visitClosed', { lapsed: true });
    expect(dossier(...WAY_TO.visiting, lapsed).status).toBe('reviewed');
  });

  it('that lapsed after another one leaves that one standing', () => {
    const again = [...WAY_TO.visited, anAssignment('inspector-3', 'inspector-4')];
    const lapsed = dossierAction('visitClosed', { lapsed: true, earlierStands: true });
    expect(dossier(...again, lapsed).status).toBe('visited');
    expect(everInspected(dossier(...again, lapsed))).toEqual([
      'inspector-1',
      'inspector-2',
      'inspector-3',
      'inspector-4',
    ]);
  });

  it('assigned anew begins without findings', () => {
    const again = anAssignment('inspector-3', 'inspector-4');
    const { status, visit } = dossier(
      ...WAY_TO.visiting,
      ACTIONS.findingRecorded,
      ACTIONS.visitClosed,
      again,
    );
    expect(status).toBe('visiting');
    expect(visit).toEqual({
      inspectors: ['inspector-3', 'inspector-4'],
      vacant: [],
      reasons: ['随机抽取'],
      tolerancePercent: 0,
      findings: {},
      captureKeys: {},
    });
  });
});

describe('setting aside', () => {
  it('keeps the status, the step and the reason until it is cleared', () => {
    const aside = dossier(...WAY_TO.reviewed, ACTIONS.setAside);
    expect(aside).toMatchObject({ status: 'reviewed', setAside: { step: 'score', reason: '数据不完整' } });
    const cleared = dossier(...aside.history, ACTIONS.setAsideCleared);
    expect(cleared.status).toBe('reviewed');
    expect(cleared.setAside).toBeUndefined();
  });
});
