/** Numbers in a text that contradict the data that the text is bound to. */
import { compareScaled, type Ratio, roundedHalfUp, thousandths } from '../exact.ts';
import { percent } from '../statistics.ts';
import { type Claim, claimsIn } from './claims.ts';
import { executionRateChange } from './draft.ts';
import { type CircularFigures, type CircularText, SECTIONS, type SectionName } from './figures.ts';
import type { Reading } from './readings.ts';
import { type Lexicon, lexiconOf, perCent, type Subject } from './subjects.ts';
import { type NumberToken, sentencesOf, tokensOf } from './tokens.ts';

export interface Contradiction {
  section: SectionName;
  sentence: string;
  /** The number as the text has it: `32%`. */
  found: string;
  /** The number as it should be printed: `31%`. */
  right: string;
  /** Both numbers in words, with where the right one comes from. */
  explanation: string;
}

/** What the data say of one reading: printed, explained, and whether the text's number agrees. */
interface Truth {
  right: string;
  because: string;
  holds: boolean;
}

export function contradictionsIn(text: CircularText, figures: CircularFigures): Contradiction[] {
  return (Object.keys(SECTIONS) as SectionName[]).flatMap((section) =>
    text[section].flatMap((passage) =>
      contradictionsInText(passage.text, figures).map((found) => ({ section, ...found })),
    ),
  );
}

export function contradictionsInText(
  text: string,
  figures: CircularFigures,
): Omit<Contradiction, 'section'>[] {
  const lexicon = lexiconOf(figures);
  return sentencesOf(text).flatMap((sentence) =>
    claimsIn(tokensOf(sentence, lexicon.words), figures.year, lexicon).flatMap((claim) => {
      const truths = claim.readings.flatMap((reading) => truthOf(claim, reading, figures, lexicon) ?? []);
      const [first] = truths;
      if (!first || truths.some(({ holds }) => holds)) return [];
      const { right, because } = first;
      const found = claim.number.text;
      return [{ sentence, found, right, explanation: `“${found}”与数据不符：${because}，应为${right}` }];
    }),
  );
}

/** Undefined where the data do not tell, for instance of a year before that was not published. */
function truthOf(
  claim: Claim,
  reading: Reading,
  figures: CircularFigures,
  lexicon: Lexicon,
): Truth | undefined {
  switch (reading.measure) {
    case 'count':
      return countTruth(claim, reading.subjects);
    case 'share':
      return shareTruth(claim, reading, lexicon.population);
    case 'average':
      return averageTruth(claim.number, reading.subjects[0]);
    case 'executionRate':
      return executionTruth(claim, figures);
    case 'bound':
      return boundTruth(claim.number, reading.subjects);
    case 'classes':
      return countedTruth(claim.number, figures.majorClasses.length, '个大类', '备案职业涉及的大类');
  }
}

const titles = (subjects: readonly Subject[]) => subjects.map(({ title }) => title).join('、');

function total(subjects: readonly Subject[], when: Claim['when']): number | undefined {
  let sum = 0;
  for (const { count, before } of subjects) {
    const known = when === 'now' ? count : before;
    if (known === undefined) return undefined;
    sum += known;
  }
  return sum;
}

function countTruth({ number, when }: Claim, subjects: readonly Subject[]): Truth | undefined {
  const now = total(subjects, 'now');
  const before = total(subjects, 'before');
  if (number.change !== 0) {
    if (now === undefined || before === undefined) return undefined;
    const change = (now - before) * number.change;
    const because = `${titles(subjects)}由${before}家变为${now}家`;
    const holds = change > 0 && agrees(number, { numerator: change, denominator: 1 }, 1);
    const right =
      now === before ? '没有变化' : `${now > before ? '增加' : '减少'}${Math.abs(now - before)}家`;
    return { right, because, holds };
  }
  const known = when === 'now' ? now : before;
  if (known === undefined) return undefined;
  return countedTruth(number, known, '家', `${when === 'now' ? '' : '上年'}${titles(subjects)}`);
}

function countedTruth(number: NumberToken, known: number, unit: string, title: string): Truth {
  const holds = agrees(number, { numerator: known, denominator: 1 }, 1);
  return { right: `${known}${unit}`, because: `${title}为${known}${unit}`, holds };
}

function shareTruth(claim: Claim, { subjects, base }: Reading, population: Subject): Truth | undefined {
  const { number, when } = claim;
  const whole = base ?? [population];
  const [part, all] = [total(subjects, when), total(whole, when)];
  if (part === undefined || all === undefined || all === 0) return undefined;
  const ratio = { numerator: part, denominator: all };
  if (number.unit === '百分点') return shareChange(claim, subjects, whole);
  const exact = roundedHalfUp(ratio, 100, 1);
  const year = when === 'now' ? '' : '上年';
  return {
    right: `${percent(part, all)}%`,
    because: `${year}${titles(subjects)}${part}家，占${titles(whole)}${all}家的${exact}%`,
    holds: agrees(number, ratio, 100),
  };
}

/** The difference of two shares, rounded at the end or before: both are printed in practice. */
function shareChange(
  { number }: Claim,
  subjects: readonly Subject[],
  whole: readonly Subject[],
): Truth | undefined {
  const [now, before] = [total(subjects, 'now'), total(subjects, 'before')];
  const [all, allBefore] = [total(whole, 'now'), total(whole, 'before')];
  if (now === undefined || before === undefined || !all || !allBefore || number.change === 0)
    return undefined;
  const exact = now * allBefore - before * all;
  const ratio = { numerator: Math.max(exact * number.change, 0), denominator: all * allBefore };
  const rounded = (Number(percent(now, all)) - Number(percent(before, allBefore))) * number.change;
  const points = roundedHalfUp({ ...ratio, numerator: Math.abs(exact) }, 100, 1);
  return {
    right: `${exact >= 0 ? '提高' : '降低'}${points}个百分点`,
    because: `${titles(subjects)}占比由${percent(before, allBefore)}%变为${percent(now, all)}%`,
    holds: agrees(number, ratio, 100) || Number(number.value) === rounded,
  };
}

function averageTruth(number: NumberToken, item: Subject | undefined): Truth | undefined {
  if (!item?.average || number.unit === '百分点') return undefined;
  return rateTruth(number, item.average, `“${item.title}”平均得分率`);
}

function executionTruth({ number, when }: Claim, figures: CircularFigures): Truth | undefined {
  const { averageExecutionRate, previous } = figures;
  if (number.unit === '百分点') {
    const change = previous && executionRateChange(figures, previous);
    if (change === null || number.change === 0) return undefined;
    const ratio = { numerator: Math.max(change * number.change, 0), denominator: 100_000 };
    const points = roundedHalfUp({ numerator: Math.abs(change), denominator: 100_000 }, 100, 1);
    return {
      right: `${change >= 0 ? '提高' : '降低'}${points}个百分点`,
      because: `年度计划平均执行率由${previous?.averageExecutionRate}%变为${averageExecutionRate}%`,
      holds: change * number.change > 0 && agrees(number, ratio, 100),
    };
  }
  const rate = when === 'now' ? averageExecutionRate : (previous?.averageExecutionRate ?? null);
  return rate === null ? undefined : rateTruth(number, perCent(rate), '年度计划平均执行率');
}

/** Rates are known to one decimal. */
function rateTruth(number: NumberToken, rate: Ratio, title: string): Truth {
  const printed = roundedHalfUp(rate, 100, 1);
  return { right: `${printed}%`, because: `${title}为${printed}%`, holds: agrees(number, rate, 100) };
}

function boundTruth(number: NumberToken, bands: readonly Subject[]): Truth | undefined {
  const [band] = bands;
  if (!band?.bounds) return undefined;
  const [from = 0, to = 100] = band.bounds;
  const range = from === 0 ? `${to}分以下` : `${from}分以上`;
  return {
    right: range,
    because: `${band.title}为${range}`,
    holds: band.bounds.includes(Number(number.value)),
  };
}

/** Whether a printed number agrees with an exact one, as exactly as it is printed. */
function agrees({ value, bound }: NumberToken, exact: Ratio, scale: number): boolean {
  const places = value.split('.')[1]?.length ?? 0;
  if (places > 3) return false;
  const printed = thousandths(Number(value));
  const sign = compareScaled(exact, scale, printed);
  const rounded = roundedHalfUp(exact, scale, places) === Number(value).toFixed(places);
  switch (bound) {
    case 'exactly':
      return rounded;
    case 'moreThan':
      return sign > 0;
    case 'atLeast':
      return sign >= 0;
    case 'below':
      return sign < 0;
    case 'atMost':
      return sign <= 0;
    case 'about': {
      const real = (exact.numerator * scale * 1000) / exact.denominator;
      return rounded || Math.abs(real - printed) <= Math.max(real / 10, 1000);
    }
  }
}
