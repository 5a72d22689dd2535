/** What a number in a circular can be about, and the words that a text names it by. */
import { FILING_TYPES, NATURES } from '../agency.ts';
import { type Ratio, thousandths } from '../exact.ts';
import { type CircularFigures, starred, type YearFigures } from './figures.ts';

export type Dimension =
  | 'population'
  | 'stars'
  | 'filingType'
  | 'nature'
  | 'leftOut'
  | 'majorClass'
  | 'industry'
  | 'activity'
  | 'computer'
  | 'item';

export interface Subject {
  title: string;
  dimension: Dimension;
  /** Agencies. */
  count: number;
  /** Agencies in the year before, where its circular tells. */
  before?: number | undefined;
  /** A group of several bands: `三星级及以上`. */
  group?: boolean;
  /** Scores that bound a band, in points. */
  bounds?: number[];
  /** An item's mean share of its points. */
  average?: Ratio;
}

export interface Word {
  text: string | RegExp;
  /** Several where the same word is used of two things: 技工院校 is a filing type and a nature. */
  subjects: Subject[];
}

export interface Lexicon {
  words: Word[];
  population: Subject;
  starred: Subject;
}

const NUMERALS = '一二三四五六七八';

export function lexiconOf(figures: CircularFigures): Lexicon {
  const { previous } = figures;
  const population: Subject = {
    title: '参评机构',
    dimension: 'population',
    count: figures.population,
    before: previous?.population,
  };
  const stars = starSubjects(figures);
  const words = [
    ...stars.words,
    ...classifications(figures),
    ...predicates(figures),
    ...occupations(figures),
    ...figures.leftOut.map(({ reason, count }) => ({
      text: reason,
      subjects: [{ title: reason, dimension: 'leftOut' as const, count }],
    })),
    ...figures.itemAverages.map(({ title, average }) => ({
      text: title,
      subjects: [{ title, dimension: 'item' as const, count: 0, average: perCent(average) }],
    })),
  ].filter(({ text }) => text !== '');
  const length = ({ text }: Word) => (typeof text === 'string' ? text.length : 0);
  // The longest word that fits is meant: 国有企业 is no 企业, 不合格 no 合格.
  return { words: words.sort((a, b) => length(b) - length(a)), population, starred: stars.starred };
}

/** `"95.0"` per cent as a ratio of 1. */
export function perCent(text: string): Ratio {
  return { numerator: thousandths(Number(text)), denominator: 100_000 };
}

function starSubjects(figures: CircularFigures): { words: Word[]; starred: Subject } {
  const { bands, previous } = figures;
  const countBefore = (test: (stars: number) => boolean) =>
    previous?.bands.filter((band) => test(band.stars)).reduce((sum, { count }) => sum + count, 0);
  const single = bands.map(({ stars, name, count, from }, index): [number, Subject] => [
    stars,
    {
      title: name,
      dimension: 'stars',
      count,
      before: countBefore((other) => other === stars),
      bounds: [from, bands[index - 1]?.from ?? 100],
    },
  ]);
  const groups = bands
    .filter(({ stars }) => stars > 0)
    .map(({ stars, name }): [string, Subject] => [
      name,
      {
        title: `${name}及以上`,
        dimension: 'stars',
        group: true,
        count: bands.filter((band) => band.stars >= stars).reduce((sum, { count }) => sum + count, 0),
        before: countBefore((other) => other >= stars),
      },
    ]);
  const lowest = groups.at(-1)?.[1];
  const passing: Subject = lowest ?? { title: '', dimension: 'stars', group: true, ...starred(figures) };
  const failing = single.find(([stars]) => stars === 0)?.[1];
  const words: Word[] = [
    ...single.flatMap(([stars, subject]) => [
      { text: subject.title, subjects: [subject] },
      ...(stars > 0 ? [{ text: '★'.repeat(stars), subjects: [subject] }] : []),
    ]),
    ...groups.flatMap(([name, subject]) =>
      ['及以上', '以上', '（含）以上', '(含)以上'].map((more) => ({
        text: name + more,
        subjects: [subject],
      })),
    ),
    ...['评估合格率', '机构合格率', '机构达标率'].map((text) => ({ text, subjects: [passing] })),
    ...['评估不合格率', '机构不合格率'].flatMap((text) => (failing ? [{ text, subjects: [failing] }] : [])),
  ];
  return { words, starred: passing };
}

const OTHER_NAMES: Record<string, string[]> = {
  socialOrganisation: ['社会评价组织', '社会培训评价组织'],
  schoolOrCollege: ['技工院校(含职业院校)', '技工院校、职业院校'],
  trainingSchool: ['职业培训学校', '民办培训学校'],
  stateOwned: ['国企'],
  private: ['民企'],
};

function classifications({ byFilingType, byNature }: CircularFigures): Word[] {
  const words: Word[] = [];
  const add = (text: string, subject: Subject) => {
    const known = words.find((word) => word.text === text);
    if (known) known.subjects.push(subject);
    else words.push({ text, subjects: [subject] });
  };
  for (const [type, title] of Object.entries(FILING_TYPES)) {
    const count = byFilingType[type as keyof typeof FILING_TYPES];
    const subject: Subject = { title, dimension: 'filingType', count };
    for (const text of [title, ...(OTHER_NAMES[type] ?? [])]) add(text, subject);
  }
  for (const [nature, title] of Object.entries(NATURES)) {
    const count = byNature[nature as keyof typeof NATURES];
    const subject: Subject = { title, dimension: 'nature', count };
    for (const text of [title, ...(OTHER_NAMES[nature] ?? [])]) add(text, subject);
    if (nature === 'schoolOrCollege') add('技工院校', subject);
  }
  return words;
}

/** What agencies did or did not do. */
function predicates(figures: CircularFigures & { previous: YearFigures | null }): Word[] {
  const { withoutActivity, computerExam, previous } = figures;
  return [
    {
      text: /(?:未|没有|没)(?:开展|组织|实施|进行)(?:过|任何)?(?:技能)?(?:人才)?(?:等级)?(?:评价|认定)(?:工作|活动)?/y,
      subjects: [
        {
          title: '未开展评价工作的机构',
          dimension: 'activity',
          count: withoutActivity,
          before: previous?.withoutActivity,
        },
      ],
    },
    {
      text: /(?:采用|实行|使用|开展|推行|运用|实现|组织)了?(?:线上|在线)?(?:的方式进行)?(?:机考|计算机考试|上机考试)(?!系统|设备|平台)/y,
      subjects: [
        {
          title: '实行线上机考的机构',
          dimension: 'computer',
          count: computerExam.count,
          before: previous?.computerExam.count,
        },
      ],
    },
  ];
}

function occupations({ majorClasses, industries }: CircularFigures): Word[] {
  const classes = [...NUMERALS].map((numeral, index): Word => {
    const known = majorClasses.find(({ majorClass }) => majorClass === String(index + 1));
    const title = `第${numeral}大类`;
    return { text: title, subjects: [{ title, dimension: 'majorClass', count: known?.agencies ?? 0 }] };
  });
  return [
    ...classes,
    ...industries.map(
      ({ industry, agencies }): Word => ({
        text: industry,
        subjects: [{ title: industry, dimension: 'industry', count: agencies }],
      }),
    ),
  ];
}
