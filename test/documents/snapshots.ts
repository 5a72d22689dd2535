/** Snapshots of a year in the shortest form that a test of documents needs. */
import type { CircularSnapshot } from '../../shared/documents/types/circular.ts';
import type { NoticeSnapshot } from '../../shared/documents/types/notice.ts';
import type { RectificationSnapshot } from '../../shared/documents/types/rectification.ts';
import type { ScoreSheetSnapshot } from '../../shared/documents/types/score-sheet.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Answers } from '../../shared/domain/facts.ts';
import { draftText } from '../../shared/domain/narrative/draft.ts';
import { type ScoringInput, scoreAgency } from '../../shared/domain/score.ts';
import { aRate, filing, fullMarksBut, scoringOf } from '../domain/builders.ts';
import { HUAINAN } from '../domain/narrative/real-circular.ts';

export const CENTRE = '淮南市职业技能鉴定中心';
const common = { year: 2021, centre: CENTRE, city: '淮南市', recipients: '各县区人社局，技能人才评价机构' };

export function aNotice(changes: Partial<NoticeSnapshot> = {}): NoticeSnapshot {
  return {
    ...common,
    number: '职技函〔2022〕1号',
    date: '2022-02-18',
    contact: '',
    referenceMonth: '2022-02',
    commitment: 'c'.repeat(64),
    eligible: 13,
    leftOut: 10,
    exclusions: Array.from({ length: 10 }, () => ({ reason: '省中心抽查评估' })),
    selfEvaluationWorkingDays: 10,
    sampling: { percent: 30, atLeast: 3 },
    inspectorsPerVisit: 2,
    announcementWorkingDays: 5,
    objectionDecisionDays: 15,
    rectificationMonths: 3,
    rubric: DEFAULT_RUBRIC,
    sampleData: false,
    ...changes,
  };
}

export function aCircular(changes: Partial<CircularSnapshot> = {}): CircularSnapshot {
  return {
    ...HUAINAN,
    ...common,
    number: '职技函〔2022〕4号',
    noticeNumber: '职技函〔2022〕1号',
    date: '2022-04-06',
    text: draftText(HUAINAN, { centre: CENTRE, rectificationMonths: 3 }),
    annex: [
      {
        number: 1,
        name: '淮河钢铁有限公司',
        filingNumber: filing(1),
        filingTerm: '2020.4-2023.3',
        stars: 5,
        result: '五星级',
      },
    ],
    sampleData: false,
    ...changes,
  };
}

export function aScoreSheet(
  answers: Answers = fullMarksBut(DEFAULT_RUBRIC, { A2: aRate(7, 10), D4: aRate(0, 9) }),
  changes: Partial<ScoringInput> = {},
): ScoreSheetSnapshot {
  return {
    year: 2021,
    centre: CENTRE,
    date: '2022-04-06',
    agency: {
      name: '淮河钢铁有限公司',
      filingNumber: filing(1),
      filingTerm: '2020.4-2023.3',
      filingType: 'enterprise',
      nature: 'stateOwned',
      county: '田家庵区',
    },
    claimed: '98.00',
    visited: true,
    score: scoreAgency(scoringOf(answers, changes)),
    objections: [],
    sampleData: false,
  };
}

export function aRectification(sheet: ScoreSheetSnapshot): RectificationSnapshot {
  const { agency, score } = sheet;
  return { ...sheet, number: null, contact: '', due: '2022-07-06', agency, score };
}
