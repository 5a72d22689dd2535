/** Drafts the narrative parts of a circular from its figures. A handler may edit them afterwards. */
import { NATURES } from '../agency.ts';
import { decimal, thousandths } from '../exact.ts';
import { percent } from '../statistics.ts';
import {
  type CircularFigures,
  type CircularText,
  type Passage,
  type SectionName,
  starred,
  type YearFigures,
} from './figures.ts';
import { fillLines, type Values } from './fill.ts';
import { NARRATIVE, NOTHING_TO_SAY } from './narrative-template.ts';

const NUMERALS = '一二三四五六七八';

export interface DraftSettings {
  centre: string;
  rectificationMonths: number;
}

export function draftText(figures: CircularFigures, settings: DraftSettings): CircularText {
  const values = narrativeValues(figures, settings);
  const part = (name: SectionName): Passage[] => {
    const passages = NARRATIVE[name].flatMap(({ title, sentences }) => {
      const said = fillLines(sentences, values);
      return said.length > 0 ? [{ title, text: said.join('') }] : [];
    });
    return passages.length > 0 ? passages : [{ text: NOTHING_TO_SAY[name] }];
  };
  return { strengths: part('strengths'), problems: part('problems'), requirements: part('requirements') };
}

const STRONG_AND_WEAK = 3;

function narrativeValues(figures: CircularFigures, { centre, rectificationMonths }: DraftSettings): Values {
  const { year, population, bands, withoutActivity, computerExam, majorClasses, previous } = figures;
  const pass = starred(figures);
  const failed = bands.find(({ stars }) => stars === 0);
  const hasFailed = failed && failed.count > 0;
  return {
    year,
    centre,
    rectificationMonths,
    population,
    natures: list(
      Object.entries(NATURES).map(([nature, title]) => [
        title,
        figures.byNature[nature as keyof typeof NATURES],
      ]),
    ),
    classCount: orNull(majorClasses.length),
    classes: list(
      majorClasses.map(({ majorClass, agencies }) => [`第${NUMERALS[Number(majorClass) - 1]}大类`, agencies]),
    ),
    starredName: pass.name,
    starredCount: orNull(pass.count),
    executionRate: figures.averageExecutionRate,
    computer: orNull(computerExam.count),
    computerPercent: computerExam.percent,
    industries:
      population > 0
        ? figures.industries.map(({ industry, agencies }) => `涉及${industry}的机构${agencies}家`).join('、')
        : null,
    idle: orNull(withoutActivity),
    idlePercent: percent(withoutActivity, population),
    failedName: failed?.name ?? null,
    failed: hasFailed ? failed.count : null,
    failedPercent: hasFailed ? failed.percent : null,
    ...itemValues(figures),
    previousYear: previous?.year ?? null,
    better: previous && comparison(figures, previous, 1),
    worse: previous && comparison(figures, previous, -1),
  };
}

const orNull = (count: number) => (count > 0 ? count : null);

/** `企业6家、技工院校3家`, without those that have none. */
function list(counts: readonly (readonly [string, number])[]): string | null {
  const some = counts.filter(([, count]) => count > 0);
  return some.length > 0 ? some.map(([name, count]) => `${name}${count}家`).join('、') : null;
}

/** The strongest and the weakest items, never the same one in both. */
function itemValues({ itemAverages }: CircularFigures): Values {
  const said = (items: CircularFigures['itemAverages']) =>
    items.length > 0
      ? items.map(({ title, average }) => `“${title}”平均得分率为${average}%`).join('，')
      : null;
  const most = Math.min(STRONG_AND_WEAK, Math.floor(itemAverages.length / 2));
  const perfect = (average: string) => Number(average) === 100;
  return {
    strongest: said(itemAverages.slice(itemAverages.length - most).reverse()),
    weakest: said(itemAverages.slice(0, most).filter(({ average }) => !perfect(average))),
  };
}

/** What became better (1) or worse (-1) than in the year before; null when nothing did. */
function comparison(now: CircularFigures, before: YearFigures, direction: 1 | -1): string | null {
  const best = now.bands[0];
  const worst = now.bands.find(({ stars }) => stars === 0);
  const countIn = (year: YearFigures, stars: number | undefined) =>
    year.bands.find((band) => band.stars === stars)?.count ?? 0;
  // Name, change, and whether more is better.
  const counts: [string, number, 1 | -1][] = [
    [`${best?.name}机构`, countIn(now, best?.stars) - countIn(before, best?.stars), 1],
    [`${worst?.name}机构`, countIn(now, worst?.stars) - countIn(before, worst?.stars), -1],
    ['未开展评价工作的机构', now.withoutActivity - before.withoutActivity, -1],
    ['实行线上机考的机构', now.computerExam.count - before.computerExam.count, 1],
  ];
  const said = counts
    .filter(([, change, good]) => Math.sign(change * good) === direction)
    .map(([name, change]) => `${name}${change > 0 ? '增加' : '减少'}${Math.abs(change)}家`);
  const rate = executionRateChange(now, before);
  if (rate !== null && Math.sign(rate) === direction) {
    const change = `${rate > 0 ? '提高' : '降低'}${decimal(Math.abs(rate))}个百分点`;
    said.push(`${starred(now).name}及以上机构年度计划平均执行率${change}`);
  }
  return said.length > 0 ? said.join('，') : null;
}

/** In thousandths of a percentage point. */
export function executionRateChange(now: YearFigures, before: YearFigures): number | null {
  if (now.averageExecutionRate === null || before.averageExecutionRate === null) return null;
  return thousandths(Number(now.averageExecutionRate)) - thousandths(Number(before.averageExecutionRate));
}
