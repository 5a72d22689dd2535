/** An official document 公文 as data. Every output (DOCX, PDF, HTML) is made from this and from nothing else. */

/** 文件格式 has a red mark inside the type area, 信函格式 one near the page's edge and red double rules. */
export type Layout = 'file' | 'letter';

/** The faces that the standard names; each output maps them to fonts. */
export type Face = 'xiaobiaosong' | 'heiti' | 'kaiti' | 'fangsong' | 'songti';

export interface Column {
  title: string;
  /** Share of the table's width; shares need not add up to anything. */
  width: number;
  align: 'left' | 'center' | 'right';
}

export interface Table {
  kind: 'table';
  caption: string;
  columns: Column[];
  rows: string[][];
}

export type Block =
  /** First level, `一、评估结果`. */
  | { kind: 'heading'; text: string }
  /** `lead` is a second-level heading, `（一）……。`, that runs into its paragraph. */
  | { kind: 'paragraph'; lead?: string; text: string }
  | Table;

export interface Annex {
  title: string;
  blocks: Block[];
}

export interface OfficialDocument {
  layout: Layout;
  /** The office whose name makes the red mark and the signature. */
  issuer: string;
  /** `职技函〔2022〕4号`; null while none is given. */
  number: string | null;
  title: string;
  recipients: string | null;
  blocks: Block[];
  annexes: Annex[];
  /** `2022年4月6日`; null leaves the place free for the day of signing. */
  date: string | null;
  /** The data are samples: said on every page. */
  sampleData: boolean;
}

/** What stands on every page of a document made from samples. */
export const SAMPLE_NOTICE = '样例数据，不是真实评估结果';

/** 信函格式 by default where the number's prefix ends in 函: `职技函〔2022〕4号`. */
export function layoutOf(number: string | null): Layout {
  return number !== null && /函〔\d{4}〕/.test(number) ? 'letter' : 'file';
}

/** The lines of the 附件说明 (§7.3.4): numbered only where there are several, without end punctuation. */
export function annexNote(annexes: readonly Annex[]): string[] {
  if (annexes.length <= 1) return annexes.map(({ title }) => `附件：${title}`);
  return annexes.map(({ title }, index) => `${index === 0 ? '附件：' : '　　　'}${index + 1}. ${title}`);
}

/** What stands at the top left of an annex (§7.3.4). */
export function annexLabel(index: number, count: number): string {
  return count === 1 ? '附件' : `附件${index + 1}`;
}

/** Cuts a title into lines of at most `most` characters, shaped 梯形 or 菱形 (§7.3.1), never inside a name's brackets. */
export function titleLines(title: string, most: number): string[] {
  const count = Math.ceil(title.length / most);
  if (count === 1) return [title];
  const lines: string[] = [];
  let rest = title;
  for (let left = count; left > 1; left--) {
    const at = cutNear(rest, Math.min(most, Math.ceil(rest.length / left)), most);
    lines.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...lines, rest];
}

/** Where to cut: before a word that opens a phrase, or after one that ends it, else at `aim`; no 的 begins a line. */
function cutNear(text: string, aim: number, most: number): number {
  const good = (at: number) => /[的和与于]$/.test(text.slice(0, at)) || /^(关于|年度|工作|评估)/.test(text.slice(at));
  const bad = (at: number) => /^[的了》）、，\d]/.test(text.slice(at)) || /[《（\d]$/.test(text.slice(0, at));
  const cuts = Array.from({ length: text.length - 1 }, (_, index) => index + 1)
    .filter((at) => at <= most && text.length - at <= most * 3 && !bad(at))
    .sort((a, b) => Math.abs(a - aim) - Math.abs(b - aim));
  return cuts.find((at) => good(at) && Math.abs(at - aim) <= 4) ?? cuts[0] ?? aim;
}
