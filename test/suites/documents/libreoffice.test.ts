import { beforeAll, describe, expect, it } from 'vitest';
import { toDocx } from '../../../shared/documents/docx/docx.ts';
import { mayNotBegin } from '../../../shared/documents/line-breaking.ts';
import type { OfficialDocument } from '../../../shared/documents/model.ts';
import { linesOf, type MeasuredCharacter, type MeasuredPage, textOf } from '../../documents/measured-pdf.ts';
import { annexOf, circular, fullPages, wenjian } from '../../documents/sample.ts';
import { converted } from './libreoffice.ts';

/**
 * The DOCX as LibreOffice lays it out.
 *
 * What can be judged here: page, margins, type area, pitches of lines and characters, sizes, indents, places of heads,
 * rules and page numbers, breaks of pages and lines. What cannot: typefaces, because the standard's are proprietary
 * and the program puts others in their place, whose Latin digits are wider; and what the program does not know, namely
 * no space between Chinese and digits (`autoSpaceDE`), so that lines with digits are looser than in WPS and Word. Fixed
 * line heights are put up to a millimetre lower than by those.
 */
const MM = 72 / 25.4;
const within = (measured: number, asked: number, part: number) =>
  expect(Math.abs(measured / asked - 1), `${measured} for ${asked}`).toBeLessThanOrEqual(part);
const pagesOf = async (document: OfficialDocument) => (await converted(toDocx(document))).pages;
const lineWith = (page: MeasuredPage | undefined, text: string) => {
  const line = page && linesOf(page).find((each) => textOf(each).includes(text));
  const [start, end] = [line?.[0], line?.at(-1)];
  if (!line || !start || !end) throw new Error(`no line with ${text}`);
  return { ...start, text: textOf(line), end: end.x + end.width };
};
const middle = (line: { x: number; end: number }) => (line.x + line.end) / 2 / MM;
/** Rules are drawn as strokes along their middle, each twice. */
const redRules = (page: MeasuredPage | undefined) => {
  const tops = new Map<string, { left: number; top: number; width: number }>();
  for (const { left, top, width, colour } of page?.shapes ?? [])
    if (colour === '#e60012')
      tops.set((top / MM).toFixed(1), { left: left / MM, top: top / MM, width: width / MM });
  return [...tops.values()].sort((a, b) => a.top - b.top);
};

describe('pages full of text, in LibreOffice', () => {
  let pages: MeasuredPage[];
  let lines: MeasuredCharacter[][];
  beforeAll(async () => {
    pages = await pagesOf(fullPages());
    lines = linesOf(pages[1] as MeasuredPage, ({ size }) => size === 16);
  });

  it('are A4 with 22 lines of 28 characters', () => {
    expect([(pages[1]?.width ?? 0) / MM, (pages[1]?.height ?? 0) / MM].map(Math.round)).toEqual([210, 297]);
    expect(lines.map((line) => line.length)).toEqual(Array(22).fill(28));
  });

  it('keep the pitches of lines and characters within 0.5 %', () => {
    const [first, last] = [lines[0], lines.at(-1)];
    // Each line is on a whole twentieth of a millimetre: the pitch is the mean over the page.
    within(((last?.[0]?.y ?? 0) - (first?.[0]?.y ?? 0)) / 21, 28.99, 0.005);
    for (const line of lines) within(((line.at(-1)?.x ?? 0) - (line[0]?.x ?? 0)) / 27, 15.79, 0.005);
  });

  it('lie in the type area', () => {
    for (const line of lines) {
      expect((line[0]?.x ?? 0) / MM).toBeCloseTo(28, 0);
      expect(((line.at(-1)?.x ?? 0) + (line.at(-1)?.width ?? 0)) / MM).toBeCloseTo(184, 0);
    }
    const [top, bottom] = [(lines[0]?.[0]?.y ?? 0) / MM, (lines.at(-1)?.[0]?.y ?? 0) / MM];
    expect(top - (0.88 * 16) / MM).toBeGreaterThan(37);
    expect(bottom + (0.12 * 16) / MM).toBeLessThan(262);
  });
});

describe('a circular in 信函格式, in LibreOffice', () => {
  let pages: MeasuredPage[];
  let said: string;
  beforeAll(async () => {
    ({ pages, said } = await converted(toDocx(circular({ sampleMark: '示例数据', annexes: [annexOf(60)] }))));
  });

  it('opens without a warning', () => {
    // It also says that it has found no Java, which it does not need.
    expect(said.replace(/^.*javaldx.*$/m, '')).not.toMatch(/warn|error|corrupt|repair/i);
  });

  it('has its mark 30 mm from the edge, rules of 170 mm 4 mm below and 20 mm from the bottom', () => {
    const mark = lineWith(pages[0], '示例市职业技能鉴定中心');
    expect([mark.size, mark.colour]).toEqual([38, '#e60012']);
    expect(Math.abs((mark.y - 0.88 * 38) / MM - 30)).toBeLessThan(1.5);
    const rules = redRules(pages[0]);
    expect(rules).toHaveLength(4);
    for (const { left, width } of rules) expect([left, width].map(Math.round)).toEqual([20, 170]);
    expect(Math.abs((rules[0]?.top ?? 0) - (30 + 38 / MM + 4))).toBeLessThan(0.5);
    expect(Math.abs((rules[3]?.top ?? 0) - 277)).toBeLessThan(1);
    expect(redRules(pages[1])).toEqual([]);
  });

  it('has its number flush right under the rule, and the title centred under it', () => {
    const number = lineWith(pages[0], '示技函');
    expect(number.end / MM).toBeCloseTo(184, 0);
    const gap = number.y - 0.88 * 16 - (redRules(pages[0])[1]?.top ?? 0) * MM;
    expect(Math.abs(gap - 14)).toBeLessThan(3);
    for (const text of ['关于2021年度', '年度工作评估情况']) {
      const title = lineWith(pages[0], text);
      expect(title.size).toBe(22);
      expect(Math.abs(middle(title) - 106)).toBeLessThan(0.5);
    }
    const space = lineWith(pages[0], '关于2021年度').y - number.y;
    expect(space / 28.99).toBeGreaterThan(2.5);
    expect(space / 28.99).toBeLessThan(3.5);
  });

  it('has no number on page 1, then even pages left and odd pages right, one character in', () => {
    expect(() => lineWith(pages[0], '— 1 —')).toThrow();
    const [second, third] = [lineWith(pages[1], '— 2 —'), lineWith(pages[2], '— 3 —')];
    expect(second.size).toBe(14);
    expect(Math.abs(second.x - (28 * MM + 14))).toBeLessThan(1);
    expect(Math.abs(third.end - (184 * MM - 14))).toBeLessThan(1);
    expect(Math.abs((third.y - 0.33 * 14) / MM - 269)).toBeLessThan(1);
  });

  it('indents paragraphs by two characters and recipients not at all', () => {
    expect(Math.abs(lineWith(pages[0], '一、评估结果').x / MM - 28 - (2 * 15.79) / MM)).toBeLessThan(0.3);
    expect(Math.abs(lineWith(pages[0], '各县区').x / MM - 28)).toBeLessThan(0.2);
  });

  it('centres the organ over the date, four characters from the edge', () => {
    const page = pages[1];
    const [organ, day] = [lineWith(page, '示例市职业'), lineWith(page, '2022年3月1日')];
    expect((184 * MM - day.end) / 15.79).toBeCloseTo(4, 0);
    expect(Math.abs(middle(organ) - middle(day))).toBeLessThan(8);
    expect(day.y - organ.y).toBeGreaterThan(28);
  });

  it('begins no line with closing punctuation', () => {
    for (const page of pages)
      for (const line of linesOf(page, ({ size }) => size === 16))
        expect(mayNotBegin(line[0]?.text ?? ''), textOf(line)).toBe(false);
  });

  it('has the annex on a new page and repeats the head of its table', () => {
    const annex = pages.slice(2);
    expect(lineWith(annex[0], '附件').text).toBe('附件');
    expect(annex.length).toBeGreaterThan(2);
    for (const page of annex) expect(lineWith(page, '机构备案号').size).toBe(12);
    const numbers = annex.flatMap((page) =>
      linesOf(page).flatMap((line) => textOf(line).match(/Y\d{12}/g) ?? []),
    );
    expect(numbers).toHaveLength(60);
  });

  it('carries the mark of sample data on every page', () => {
    for (const page of pages) expect(lineWith(page, '示例数据').y / MM).toBeLessThan(20);
  });
});

describe('a circular in 文件格式, in LibreOffice', () => {
  it('has its mark 35 mm under the top of the type area, number two lines and rule 4 mm below', async () => {
    const [page] = await pagesOf(wenjian());
    const mark = lineWith(page, '示例市职业技能鉴定中心文件');
    expect(Math.abs((mark.y - 0.88 * mark.size) / MM - 72)).toBeLessThan(1.5);
    const number = lineWith(page, '示技〔2022〕4号');
    expect(Math.abs(middle(number) - 106)).toBeLessThan(0.5);
    const gap = number.y - 0.88 * 16 - (mark.y + 0.12 * mark.size);
    expect(Math.abs(gap / 28.99 - 2)).toBeLessThan(0.2);
    const rules = redRules(page);
    expect(rules.map(({ left, width }) => [left, width].map(Math.round))).toEqual([[28, 156]]);
    expect(Math.abs((rules[0]?.top ?? 0) - (number.y + 0.12 * 16) / MM - 4)).toBeLessThan(1.5);
    expect(lineWith(page, '— 1 —').end / MM).toBeCloseTo(184 - 14 / MM, 0);
  });
});

describe('text with much punctuation, in LibreOffice', () => {
  it('keeps 28 characters to a full line and begins none with closing punctuation', async () => {
    const text = '评价机构“规范管理、注重质量”，落实《职业技能等级认定工作规程》（以下简称《规程》）；';
    const [, page] = await pagesOf(fullPages({ body: [{ kind: 'paragraph', text: text.repeat(60) }] }));
    const lines = linesOf(page as MeasuredPage, ({ size }) => size === 16);
    expect(lines).toHaveLength(22);
    for (const line of lines) {
      expect(mayNotBegin(line[0]?.text ?? ''), textOf(line)).toBe(false);
      expect(line.length).toBeGreaterThanOrEqual(26);
      expect(line.length).toBeLessThanOrEqual(29);
    }
  });
});
