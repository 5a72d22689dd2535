/**
 * The model of an official document: what is said, and which element of GB/T 9704-2012 says it.
 *
 * Texts are written in this model and renderers (DOCX, PDF, HTML) read it. It holds no position, size, typeface
 * or printed number: those follow from the element's kind, so that all renderers agree (`printed.ts`). All text
 * is plain text: `<`, `&` and line breaks have no meaning in it.
 *
 * Clauses named below are those of GB/T 9704-2012.
 */
export interface OfficialDocument {
  language: 'zh-CN';
  head: Head;
  title: Title;
  /**
   * 主送机关 (7.3.2): flush left under the title; the full-width colon is added. A list that speaks for itself,
   * such as 各县区人社局、市直有关单位. Absent for announcements to the public.
   */
  recipients?: string;
  body: readonly Block[];
  /** Each on a new page after the signature (7.3.7); the note 附件：… under the body (7.3.4) is made from them. */
  annexes: readonly Annex[];
  /** 署名 and 成文日期 (7.3.5). */
  signature?: Signature;
  /** 附注 (7.3.6), under the date, indented and in brackets, which are added: 联系人：…，电话：…. */
  remark?: string;
  /** Day of the document, `YYYY-MM-DD`: printed in the signature, and the date in the files' properties. */
  date: string;
  /** Shown on every page where the data are samples: 示例数据，不是正式公文. */
  sampleMark?: string;
}

/**
 * 版头. `wenjian` is the ordinary layout 文件格式 (7.2), `xinhan` the letter layout 信函格式 (10.1); `plain` has no
 * red head, for papers that are not official letters by themselves, such as a score sheet.
 */
export type Head =
  | {
      layout: 'wenjian' | 'xinhan';
      /** 发文机关标志 (7.2.4): 某某中心文件 in 文件格式, 某某中心 in 信函格式. */
      mark: string;
      /** 发文字号 (7.2.5): 职技函〔2022〕4号. Absent in a draft that has no number yet. */
      number?: string;
    }
  | { layout: 'plain' };

/**
 * 标题 (7.3.1) as phrases that a line break must not cut: `['关于', '2021年度', '全市', '技能人才评价机构', …]`.
 * Renderers choose the breaks so that the lines form a trapezium or a lozenge.
 */
export type Title = readonly string[];

export interface Signature {
  /** 发文机关署名: full name of the issuing organ. */
  organ: string;
  /** With a seal (7.3.5.1) the organ stands centred over the date; without (7.3.5.2), date under organ. */
  sealed: boolean;
}

/** 附件 (7.3.7). Its order number is left out when it is the only one. */
export interface Annex {
  title: Title;
  body: readonly Block[];
}

export type Block = Heading | Paragraph | Table | Facts;

/**
 * 结构层次 (7.3.3): 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋. The ordinal is counted, not written: `text` is
 * 评估结果. Where the text runs on behind the heading in the same paragraph, `follows` is that text.
 */
export interface Heading {
  kind: 'heading';
  level: 1 | 2 | 3 | 4;
  text: string;
  follows?: Text;
}

/** 正文 (7.3.3): 16 pt 仿宋, first line indented by two characters. */
export interface Paragraph {
  kind: 'paragraph';
  text: Text;
}

/** A text, or runs of it where a part is set apart. */
export type Text = string | readonly Run[];

export interface Run {
  text: string;
  /** Set in 黑体. */
  strong?: boolean;
}

/** A table with a head that is repeated on each page it crosses. The standard leaves its type to the organ. */
export interface Table {
  kind: 'table';
  /** What the table holds, for those who cannot see it; printed above it where `captioned`. */
  caption: string;
  captioned?: boolean;
  columns: readonly Column[];
  /** Cells in the order of the columns; a line break in a cell is kept. */
  rows: readonly (readonly string[])[];
  /** The last row holds totals: it is set in 黑体. */
  totals?: boolean;
  size?: TableSize;
}

export interface Column {
  title: string;
  /** Part of the table's width, relative to the other columns' shares. */
  share: number;
  align?: 'left' | 'centre' | 'right';
}

/** In points: 四号, 小四 (the default), 五号. */
export type TableSize = 14 | 12 | 10.5;

/** Names and values in a ruled form, such as the top of a score sheet; two pairs a row where `pairs` is 2. */
export interface Facts {
  kind: 'facts';
  caption: string;
  entries: readonly { name: string; value: string }[];
  pairs?: 1 | 2;
  size?: TableSize;
}

/** Whether a heading of this level always heads a text: 1. and （1） number the items of a list as often. */
export function headsText(level: number): boolean {
  return level <= 2;
}

/** 信函格式 where the number's prefix ends in 函, as in 职技函〔2022〕4号; otherwise 文件格式. */
export function layoutOf(number: string): 'wenjian' | 'xinhan' {
  return /函〔/.test(number) ? 'xinhan' : 'wenjian';
}

/** The title in one line, for properties and lists. */
export function titleText(title: Title): string {
  return title.join('');
}
