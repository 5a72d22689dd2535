/** The figures that a circular's text is bound to, with those of the year before where it was published. */
import * as z from 'zod/mini';
import { FilingType, Nature } from '../agency.ts';
import type { Statistics } from '../statistics.ts';

const ShareShape = z.object({ count: z.int(), percent: z.string() });
const BandShape = z.extend(ShareShape, { stars: z.int(), name: z.string(), from: z.number() });
const ItemShape = z.object({ code: z.string(), title: z.string(), average: z.string() });

/** What a published circular tells about its year. Unknown fields are ignored: older circulars have fewer, later ones more. */
export const YearFigures = z.object({
  year: z.int(),
  population: z.int(),
  bands: z.array(BandShape),
  averageExecutionRate: z.nullable(z.string()),
  withoutActivity: z.int(),
  computerExam: ShareShape,
});
export type YearFigures = z.infer<typeof YearFigures>;

export const CircularFigures = z.extend(YearFigures, {
  byFilingType: z.record(FilingType, z.int()),
  byNature: z.record(Nature, z.int()),
  /** Agencies on the register that took no part, by reason. */
  leftOut: z.array(z.object({ reason: z.string(), count: z.int() })),
  percentNote: z.nullable(z.string()),
  majorClasses: z.array(z.object({ majorClass: z.string(), title: z.string(), agencies: z.int() })),
  industries: z.array(z.object({ industry: z.string(), agencies: z.int() })),
  /** Weakest first. */
  itemAverages: z.array(ItemShape),
  /** The circular of the year before, if there is one. */
  previous: z.nullable(YearFigures),
});
export type CircularFigures = z.infer<typeof CircularFigures>;

export function circularFigures(
  year: number,
  statistics: Statistics,
  leftOut: CircularFigures['leftOut'],
  previous: YearFigures | null,
): CircularFigures {
  return { year, ...statistics, leftOut, previous };
}

/** The lowest band that is awarded a star, and how many agencies have that or more. */
export function starred({ bands }: Pick<YearFigures, 'bands'>) {
  const passing = bands.filter(({ stars }) => stars > 0);
  const lowest = passing.at(-1);
  return { name: lowest?.name ?? '', count: passing.reduce((sum, { count }) => sum + count, 0) };
}

/** One paragraph of a narrative part: `（一）` and its title are set before the text. */
export const Passage = z.strictObject({
  title: z.optional(z.string().check(z.maxLength(40))),
  text: z.string().check(z.minLength(1, '段落不能为空'), z.maxLength(3000)),
});
export type Passage = z.infer<typeof Passage>;

const Passages = z.array(Passage).check(z.minLength(1), z.maxLength(20));

/** The narrative parts of a circular: drafted from the figures, edited by a handler. */
export const CircularText = z.strictObject({
  /** 二、好的方面 */
  strengths: Passages,
  /** 三、问题不足 */
  problems: Passages,
  /** 四、工作要求 */
  requirements: Passages,
});
export type CircularText = z.infer<typeof CircularText>;
/** Some parts of it, not longer than a circular can be: every edit is kept for good. */
export const EditedText = z.partial(CircularText).check(
  z.refine(
    (parts) =>
      Object.values(parts)
        .flat()
        .reduce((sum, { title = '', text }) => sum + title.length + text.length, 0) <= 8000,
    '通报文稿过长，每次修改不超过 8000 字',
  ),
);
export type EditedText = z.infer<typeof EditedText>;
export type SectionName = keyof CircularText;

export const SECTIONS: Record<SectionName, string> = {
  strengths: '好的方面',
  problems: '问题不足',
  requirements: '工作要求',
};
