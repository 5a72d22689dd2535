import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILING_TYPES, NATURES } from '../../../shared/domain/agency.ts';
import { DEFAULT_RUBRIC } from '../../../shared/domain/default-rubric.ts';
import { contradictionsIn } from '../../../shared/domain/narrative/contradictions.ts';
import { draftText } from '../../../shared/domain/narrative/draft.ts';
import {
  type CircularFigures,
  CircularText,
  circularFigures,
  SECTIONS,
  type SectionName,
  type YearFigures,
} from '../../../shared/domain/narrative/figures.ts';
import { itemsOf } from '../../../shared/domain/rubric.ts';
import { scoreAgency } from '../../../shared/domain/score.ts';
import { percent, statisticsOf } from '../../../shared/domain/statistics.ts';
import { anAgency, aRate, fullMarksBut, scoringOf } from '../builders.ts';
import { HUAINAN } from './real-circular.ts';

const SETTINGS = { centre: '淮南市职业技能鉴定中心', rectificationMonths: 3 };
const draft = (figures: CircularFigures) => draftText(figures, SETTINGS);
const said = (text: CircularText) =>
  (Object.keys(SECTIONS) as SectionName[]).flatMap((section) => text[section].map((passage) => passage.text));

const BANDS = [
  { stars: 5, name: '五星级', from: 90 },
  { stars: 4, name: '四星级', from: 80 },
  { stars: 3, name: '三星级', from: 70 },
  { stars: 0, name: '不合格', from: 0 },
];
const anyRate = fc.option(fc.integer({ min: 0, max: 1000 }).map((tenths) => (tenths / 10).toFixed(1)));

/** So many agencies, sorted into as many kinds as there are keys. */
const sorted = <K extends string>(keys: K[], population: number) =>
  fc
    .array(fc.constantFrom(...keys), { minLength: population, maxLength: population })
    .map(
      (all) =>
        Object.fromEntries(keys.map((key) => [key, all.filter((one) => one === key).length])) as Record<
          K,
          number
        >,
    );

const aYear = (year: number, population: number): fc.Arbitrary<YearFigures> =>
  fc
    .record({
      stars: sorted(['5', '4', '3', '0'], population),
      averageExecutionRate: anyRate,
      withoutActivity: fc.nat(population),
      computer: fc.nat(population),
    })
    .map(({ stars, averageExecutionRate, withoutActivity, computer }) => {
      const counted = BANDS.map((band) => ({
        ...band,
        count: stars[String(band.stars) as '5'],
        percent: percent(stars[String(band.stars) as '5'], population),
      }));
      const awarded = counted.some(({ stars: own, count }) => own > 0 && count > 0);
      return {
        year,
        population,
        bands: counted,
        averageExecutionRate: awarded ? averageExecutionRate : null,
        withoutActivity,
        computerExam: { count: computer, percent: percent(computer, population) },
      };
    });

const anyFigures: fc.Arbitrary<CircularFigures> = fc
  .record({ population: fc.nat(40), before: fc.nat(40) })
  .chain(({ population, before }) =>
    fc.record({
      own: aYear(2021, population),
      previous: fc.option(aYear(2020, before)),
      byFilingType: sorted(Object.keys(FILING_TYPES) as (keyof typeof FILING_TYPES)[], population),
      byNature: sorted(Object.keys(NATURES) as (keyof typeof NATURES)[], population),
      classes: fc.array(fc.nat(population), { minLength: 8, maxLength: 8 }),
      averages: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 26, maxLength: 26 }),
    }),
  )
  .map(({ own, previous, byFilingType, byNature, classes, averages }) => ({
    ...own,
    previous,
    byFilingType,
    byNature,
    leftOut: [{ reason: '省中心抽查评估', count: 10 }],
    percentNote: null,
    majorClasses: classes
      .map((agencies, index) => ({ majorClass: String(index + 1), title: '某类人员', agencies }))
      .filter(({ agencies }) => agencies > 0),
    industries: ['第一产业', '第二产业', '第三产业'].map((industry, index) => ({
      industry,
      agencies: classes[index] ?? 0,
    })),
    itemAverages: itemsOf(DEFAULT_RUBRIC)
      .map(({ code, title }, index) => ({ code, title, average: ((averages[index] ?? 0) / 10).toFixed(1) }))
      .sort((a, b) => Number(a.average) - Number(b.average)),
  }));

describe('a drafted text', () => {
  it('never contradicts the data that it was drafted from', () => {
    fc.assert(
      fc.property(anyFigures, (figures) => {
        const text = draft(figures);
        CircularText.parse(text);
        expect(contradictionsIn(text, figures)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is held to the data in every figure: any other number is flagged', () => {
    const FIGURE = /\d+(?:\.\d+)?(?=家|%|个大类|个百分点)/g;
    fc.assert(
      fc.property(anyFigures, fc.nat(), fc.integer({ min: 1, max: 9 }), (figures, which, more) => {
        const text = draft(figures);
        const passages = [...text.strengths, ...text.problems];
        const places = passages.flatMap((passage) =>
          [...passage.text.matchAll(FIGURE)].map((found) => ({ passage, found })),
        );
        const place = places[which % Math.max(places.length, 1)];
        if (!place) return;
        const { passage, found } = place;
        const end = found.index + found[0].length;
        const wrong = `${Number(found[0]) + more}`;
        passage.text = passage.text.slice(0, found.index) + wrong + passage.text.slice(end);
        expect([passage.text, contradictionsIn(text, figures).map(({ found: number }) => number)]).toEqual([
          passage.text,
          [expect.stringContaining(wrong)],
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('changes with the data: what is flagged under the old figures is drafted from the new ones', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, (before, after) => {
        const [old, fresh] = [draft(before), draft(after)];
        if (JSON.stringify(old) === JSON.stringify(fresh)) return;
        expect(contradictionsIn(fresh, after)).toEqual([]);
        expect(said(fresh).join('')).not.toEqual(said(old).join(''));
      }),
      { numRuns: 100 },
    );
  });

  it('follows the scores: one agency that does worse is another sentence', () => {
    const year = (none: number) => {
      const scored = Array.from({ length: 4 }, (_agency, index) => {
        const answers = fullMarksBut(DEFAULT_RUBRIC, index < none ? { A2: aRate(0, 10) } : {});
        return { agency: anAgency(), answers, sheet: scoreAgency(scoringOf(answers)) };
      });
      return circularFigures(2021, statisticsOf(DEFAULT_RUBRIC, scored), [], null);
    };
    expect(said(draft(year(1))).join('')).toContain('有1家机构2021年度未开展评价工作，占25%');
    expect(said(draft(year(3))).join('')).toContain('有3家机构2021年度未开展评价工作，占75%');
    expect(
      contradictionsIn(draft(year(1)), year(3)).map(({ found, right }) => [found, right]),
    ).toContainEqual(['25%', '75%']);
  });

  it('of the published circular says what its records say', () => {
    const text = draft(HUAINAN);
    expect(text.strengths.map(({ title }) => title)).toEqual([
      '参评主体多元',
      '计划执行有力',
      '考核手段改进',
      '优势项目突出',
      '与上年相比有进步',
    ]);
    expect(said(text).join('\n')).toContain(
      '13家参评机构中，技工院校（含职业院校）4家、培训学校3家、国有企业4家、民营企业2家。',
    );
    expect(said(text).join('\n')).toContain('有5家机构2021年度未开展评价工作，占38%。');
    expect(said(text).join('\n')).toContain('与2020年度相比，五星级机构增加2家，实行线上机考的机构增加3家');
  });

  it('says nothing about what the data do not hold', () => {
    const nobody = draft({
      ...HUAINAN,
      withoutActivity: 0,
      averageExecutionRate: null,
      computerExam: { count: 0, percent: '0' },
      previous: null,
    });
    const words = said(nobody).join('\n');
    expect(words).not.toMatch(/未开展|执行率|机考的机构|年度相比/);
  });
});
