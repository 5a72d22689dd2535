/** The figures that a circular may state, each computed from the scored agencies. */
import {
  type Agency,
  FILING_TYPES,
  type FilingType,
  industryOf,
  MAJOR_CLASSES,
  NATURES,
  type Nature,
} from './agency.ts';
import { meanRoundedHalfUp, roundedHalfUp, thousandths } from './exact.ts';
import type { Answers } from './facts.ts';
import { measured } from './item-score.ts';
import { findItem, itemsOf, type Rubric } from './rubric.ts';
import { executed, type ScoreSheet } from './score.ts';

export interface ScoredAgency {
  agency: Agency;
  sheet: ScoreSheet;
  /** The facts that counted. */
  answers: Answers | undefined;
  platformCompleted?: number;
}

export interface Share {
  count: number;
  /** Whole per cents, rounded half up on its own. */
  percent: string;
}

export interface Statistics {
  population: number;
  byFilingType: Record<FilingType, number>;
  byNature: Record<Nature, number>;
  bands: (Share & { stars: number; name: string; from: number })[];
  /** Said when independent rounding does not add to 100: `各项比例分别四舍五入，合计为99%`. */
  percentNote: string | null;
  /** Mean of the plan execution rates of agencies that were awarded stars, in per cent with one decimal. */
  averageExecutionRate: string | null;
  withoutActivity: number;
  computerExam: Share;
  majorClasses: { majorClass: string; title: string; agencies: number }[];
  industries: { industry: string; agencies: number }[];
  /** Average earned share of each item's points over the agencies it applied to, weakest first, in per cent. */
  itemAverages: { code: string; title: string; average: string }[];
}

export function statisticsOf(rubric: Rubric, scored: readonly ScoredAgency[]): Statistics {
  const population = scored.length;
  const count = (test: (agency: ScoredAgency) => boolean) => scored.filter(test).length;
  const share = (part: number): Share => ({ count: part, percent: percent(part, population) });
  const bands = rubric.stars.map((band) => ({
    ...band,
    ...share(count(({ sheet }) => sheet.stars === band.stars)),
  }));
  const tally = <K extends string>(keys: K[], of: (agency: Agency) => string) =>
    Object.fromEntries(keys.map((key) => [key, count(({ agency }) => of(agency) === key)])) as Record<
      K,
      number
    >;
  return {
    population,
    byFilingType: tally(Object.keys(FILING_TYPES) as FilingType[], (agency) => agency.filingType),
    byNature: tally(Object.keys(NATURES) as Nature[], (agency) => agency.nature),
    bands,
    percentNote: percentNote(bands, population),
    averageExecutionRate: averageExecutionRate(rubric, scored),
    withoutActivity: count((agency) => executed({ rubric, ...agency }) === 0),
    computerExam: share(count((agency) => usesComputerExam(rubric, agency.answers))),
    ...occupationTallies(scored),
    itemAverages: itemAverages(rubric, scored),
  };
}

/** Rounded half up to whole per cents, each on its own: 5 of 13 is 38, 4 of 13 is 31. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '0' : roundedHalfUp({ numerator: part, denominator: whole }, 100, 0);
}

function percentNote(bands: Share[], population: number): string | null {
  const sum = bands.reduce((total, band) => total + Number(band.percent), 0);
  return population === 0 || sum === 100 ? null : `各项比例分别四舍五入，合计为${sum}%`;
}

/** Each agency's own rate counts alike, however many batches it planned. */
function averageExecutionRate(rubric: Rubric, scored: readonly ScoredAgency[]): string | null {
  const item = findItem(rubric, rubric.measures.executionRate);
  if (item?.kind !== 'banded') return null;
  const rates = scored.flatMap(({ sheet, answers }) => {
    const facts = answers?.items[item.code]?.facts;
    if (sheet.stars === 0 || facts?.kind !== 'banded') return [];
    const rate = measured(item, facts.values);
    return rate.denominator === 0 ? [] : [rate];
  });
  return rates.length === 0 ? null : meanRoundedHalfUp(rates, 100, 1);
}

function usesComputerExam(rubric: Rubric, answers: Answers | undefined): boolean {
  const item = findItem(rubric, rubric.measures.computerExam);
  const facts = item && answers?.items[item.code]?.facts;
  if (item?.kind !== 'banded' || facts?.kind !== 'banded') return false;
  return measured(item, facts.values).numerator > 0;
}

function occupationTallies(scored: readonly ScoredAgency[]): Pick<Statistics, 'majorClasses' | 'industries'> {
  const classesOf = ({ agency }: ScoredAgency) =>
    new Set(agency.occupations.map(({ code }) => code.slice(0, 1)));
  const with_ = (test: (majorClass: string) => boolean) =>
    scored.filter((agency) => [...classesOf(agency)].some(test)).length;
  const majorClasses = Object.entries(MAJOR_CLASSES)
    .map(([majorClass, title]) => ({ majorClass, title, agencies: with_((own) => own === majorClass) }))
    .filter(({ agencies }) => agencies > 0);
  const industries = ['第一产业', '第二产业', '第三产业'].map((industry) => ({
    industry,
    agencies: with_((own) => industryOf(own) === industry),
  }));
  return { majorClasses, industries };
}

function itemAverages(rubric: Rubric, scored: readonly ScoredAgency[]): Statistics['itemAverages'] {
  const averages = itemsOf(rubric).flatMap(({ code, title }) => {
    const scores = scored.flatMap(({ sheet }) =>
      sheet.items.filter((item) => item.code === code && item.outcome !== 'notApplicable'),
    );
    if (scores.length === 0) return [];
    const earned = scores.reduce((sum, item) => sum + thousandths(Number(item.earned)), 0);
    const possible = scores.reduce((sum, item) => sum + thousandths(Number(item.possible)), 0);
    return [{ code, title, average: roundedHalfUp({ numerator: earned, denominator: possible }, 100, 1) }];
  });
  return averages.sort((a, b) => Number(a.average) - Number(b.average) || (a.code < b.code ? -1 : 1));
}
