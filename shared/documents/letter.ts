/** What all documents of a centre have in common: whose they are, their number, their day, and the mark of samples. */
import { layoutOf, type OfficialDocument } from './model.ts';

export interface Letter {
  centre: string;
  number: string | null;
  /** The day on which it was approved or signed. */
  date: string | null;
  sampleData: boolean;
}

const SAMPLE_MARK = '样例数据，不是正式公文';

/** Throws for what nobody has approved yet: it has no date, and is not printed. */
export function letter(
  { centre, number, date, sampleData }: Letter,
  content: Pick<OfficialDocument, 'title' | 'body'> & Partial<OfficialDocument>,
): OfficialDocument {
  if (date === null) throw new TypeError('a document that nobody has approved has no date');
  const layout = layoutOf(number ?? '函〔');
  const mark = layout === 'wenjian' ? `${centre}文件` : centre;
  return {
    language: 'zh-CN',
    head: { layout, mark, ...(number !== null && { number }) },
    annexes: [],
    signature: { organ: centre, sealed: true },
    date,
    ...(sampleData && { sampleMark: SAMPLE_MARK }),
    ...content,
  };
}

/** ★★★★★; the band's name where there are no stars. */
export function printedStars(stars: number, result: string): string {
  return stars > 0 ? '★'.repeat(stars) : result;
}

/** 90分及以上; 80分及以上、不满90分; 不满70分. Highest band first. */
export function bandRange(bands: readonly { from: number }[], index: number): string {
  const from = bands[index]?.from ?? 0;
  const below = bands[index - 1]?.from;
  if (below === undefined) return `${from}分及以上`;
  return from === 0 ? `不满${below}分` : `${from}分及以上、不满${below}分`;
}
