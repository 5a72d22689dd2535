import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { mayNotBegin, mayNotEnd } from '../../shared/documents/line-breaking.ts';
import type { OfficialDocument } from '../../shared/documents/model.ts';
import { toPdf } from '../../shared/documents/pdf/pdf.ts';
import { fonts } from './fonts.ts';
import { linesOf, type MeasuredCharacter, type MeasuredPage, measuredPdf, textOf } from './measured-pdf.ts';
import { annexOf, circular, fullPages, wenjian } from './sample.ts';

const MM = 72 / 25.4;
const pagesOf = async (document: OfficialDocument) => measuredPdf((await toPdf(document, fonts)).bytes);
const isText = (character: MeasuredCharacter) => character.size === 16;
const textLines = (page: MeasuredPage) => linesOf(page, isText);
const lineWith = (page: MeasuredPage | undefined, text: string) => {
  const found = linesOf(page ?? { width: 0, height: 0, characters: [], shapes: [] }).find((line) =>
    textOf(line).includes(text),
  );
  if (!found?.[0]) throw new Error(`no line with ${text}`);
  const last = found.at(-1) ?? found[0];
  return { ...found[0], text: textOf(found), end: last.x + last.width };
};
/** Top of the em box of a CJK character whose baseline is known. */
const emTop = ({ y, size }: { y: number; size: number }) => y - 0.88 * size;
const within = (measured: number, asked: number, part: number) =>
  expect(Math.abs(measured / asked - 1), `${measured} for ${asked}`).toBeLessThanOrEqual(part);

describe('pages full of text', () => {
  let page: MeasuredPage;
  let lines: MeasuredCharacter[][];
  beforeAll(async () => {
    page = (await pagesOf(fullPages()))[1] as MeasuredPage;
    lines = textLines(page);
  });

  it('are A4 with 22 lines of 28 characters', () => {
    expect([page.width / MM, page.height / MM].map(Math.round)).toEqual([210, 297]);
    expect(lines.map((line) => line.length)).toEqual(Array(22).fill(28));
  });

  it('keep the line pitch of 28.99 pt and the character pitch of 15.79 pt within 0.5 %', () => {
    for (let at = 1; at < lines.length; at++)
      within((lines[at]?.[0]?.y ?? 0) - (lines[at - 1]?.[0]?.y ?? 0), 28.99, 0.005);
    for (const line of lines)
      for (let at = 1; at < line.length; at++)
        within((line[at]?.x ?? 0) - (line[at - 1]?.x ?? 0), 15.79, 0.005);
  });

  it('fill the type area of 156 × 225 mm at 28 mm from the left and 37 mm from the top, and no more', () => {
    const [first, last] = [lines[0]?.[0], lines.at(-1)?.at(-1)];
    if (!first || !last) throw new Error('no text');
    expect(first.x / MM).toBeCloseTo(28, 1);
    // A full character is a little wider than its cell on the grid.
    expect((last.x + last.width) / MM).toBeCloseTo(184, 0);
    const lead = (28.99 - 16) / 2;
    expect((emTop(first) - lead) / MM).toBeCloseTo(37, 1);
    expect((emTop(last) + 16 + lead) / MM).toBeCloseTo(262, 1);
  });

  it('carry their number in 14 pt, odd pages right and even pages left, one character in', async () => {
    const pages = await pagesOf(fullPages({ head: wenjian().head }));
    expect(pages.length).toBeGreaterThan(3);
    for (const [index, each] of pages.entries()) {
      const number = lineWith(each, `— ${index + 1} —`);
      expect([number.size, number.face]).toEqual([14, 'NotoSerifSC-Regular']);
      // A dash is a little narrower than its cell.
      const [side, asked] = index % 2 === 0 ? [number.end, 184 * MM - 14] : [number.x, 28 * MM + 14];
      expect(Math.abs(side - asked)).toBeLessThan(1);
      // The dash is drawn about a third of the size above the baseline.
      expect((number.y - 0.27 * 14) / MM).toBeCloseTo(262 + 7, 0);
    }
  });
});

describe('the elements of a circular', () => {
  let pages: MeasuredPage[];
  beforeAll(async () => {
    pages = await pagesOf(circular());
  });

  it('are set in their sizes and faces', () => {
    const faces = (text: string, page = 0) => {
      const { size, face } = lineWith(pages[page], text);
      return [size, face];
    };
    expect(faces('关于2021年度')).toEqual([22, 'NotoSerifSC-Bold']);
    expect(faces('各县区')).toEqual([16, 'NotoSerifSC-Regular']);
    expect(faces('一、评估结果')).toEqual([16, 'NotoSansSC-Medium']);
    expect(faces('（一）机构类型齐全。')).toEqual([16, 'NotoSerifSC-Regular']);
    expect(faces('本次参加评估')).toEqual([16, 'NotoSerifSC-Regular']);
    expect(faces('附件', 2)).toEqual([16, 'NotoSansSC-Medium']);
    expect(faces('年度工作评估星级', 2)).toEqual([22, 'NotoSerifSC-Bold']);
  });

  it('are indented by two characters, recipients not at all', () => {
    for (const text of ['一、评估结果', '本次参加评估', '（一）机构类型齐全。'])
      expect(lineWith(pages[0], text).x).toBeCloseTo(28 * MM + 2 * 15.79, 1);
    expect(lineWith(pages[0], '各县区').x).toBeCloseTo(28 * MM, 1);
    expect(lineWith(pages[1], '附件：').x).toBeCloseTo(28 * MM + 2 * 15.79, 1);
  });

  it('have the title centred, two lines under the number and one above the recipients', () => {
    for (const text of ['关于2021年度', '年度工作评估情况']) {
      const line = lineWith(pages[0], text);
      expect((line.x + line.end) / 2 / MM).toBeCloseTo(28 + 78, 1);
    }
    const gap = emTop(lineWith(pages[0], '关于2021年度')) - emTop(lineWith(pages[0], '〔2022〕')) - 16;
    expect(gap / 28.99).toBeGreaterThan(1.7);
    expect(gap / 28.99).toBeLessThan(2.5);
    expect(lineWith(pages[0], '各县区').y - lineWith(pages[0], '年度工作评估情况').y).toBeGreaterThan(
      1.9 * 28.99,
    );
  });

  it('have the note one line under the body and the sealed signature in its place', () => {
    const [note, organ, day] = [
      lineWith(pages[1], '附件：'),
      lineWith(pages[1], '示例市职业技能鉴定中心'),
      lineWith(pages[1], '2022年3月1日'),
    ];
    expect(note.y - lineWith(pages[1], '设备陈旧').y).toBeCloseTo(2 * 28.99, 1);
    expect(note.text).toBe('附件：2021年度技能人才评价机构年度工作评估星级');
    expect((184 * MM - day.end) / 15.79).toBeCloseTo(4, 1);
    expect((organ.x + organ.end) / 2).toBeCloseTo((day.x + day.end) / 2, 0);
    expect(day.y - organ.y).toBeCloseTo(28.99, 1);
  });

  it('have the annex on a page of its own, its title on the third line', () => {
    const label = lineWith(pages[2], '附件');
    expect([label.text, label.x]).toEqual(['附件', expect.closeTo(28 * MM, 1)]);
    expect((emTop(lineWith(pages[2], '2021年度技能')) + 11 - emTop(label) - 8) / 28.99).toBeCloseTo(2, 1);
  });

  it('show an unsealed signature with the date two characters right of the organ', async () => {
    const unsealed = await pagesOf(
      circular({ signature: { organ: '示例市职业技能鉴定中心', sealed: false } }),
    );
    const [organ, day] = [lineWith(unsealed[1], '示例市职业'), lineWith(unsealed[1], '2022年3月1日')];
    expect((184 * MM - organ.end) / 15.79).toBeCloseTo(2, 1);
    expect((day.x - organ.x) / 15.79).toBeCloseTo(2, 1);
  });
});

describe('red heads', () => {
  const red = (page: MeasuredPage | undefined) =>
    page?.shapes.filter((shape) => shape.colour === '#e60012') ?? [];

  it('of 信函格式: mark 30 mm from the edge, double rules of 170 mm, number flush right, no number on page 1', async () => {
    const [page, second] = await pagesOf(circular());
    const mark = lineWith(page, '示例市职业技能鉴定中心');
    expect([mark.colour, mark.face]).toEqual(['#e60012', 'NotoSerifSC-Bold']);
    expect(emTop(mark) / MM).toBeCloseTo(30, 1);
    expect((mark.x + mark.end) / 2 / MM).toBeCloseTo(106, 0);
    const rules = red(page).sort((a, b) => a.top - b.top);
    expect(rules.map((rule) => [rule.left / MM, rule.width / MM].map(Math.round))).toEqual(
      Array(4).fill([20, 170]),
    );
    const [first, second1, third, fourth] = rules.map((rule) => rule.height);
    expect([Number(first) > Number(second1), Number(third) < Number(fourth)]).toEqual([true, true]);
    expect(((rules[0]?.top ?? 0) - emTop(mark) - mark.size) / MM).toBeCloseTo(4, 1);
    expect((297 * MM - (rules[2]?.top ?? 0)) / MM).toBeCloseTo(20, 1);
    const number = lineWith(page, '示技函〔2022〕4号');
    expect(number.end / MM).toBeCloseTo(184, 1);
    const bottom = (rules[1]?.top ?? 0) + (rules[1]?.height ?? 0);
    expect(emTop(number) - bottom).toBeCloseTo((16 * 7) / 8, 1);
    expect(() => lineWith(page, '— 1 —')).toThrow();
    expect(red(second)).toEqual([]);
    expect(lineWith(second, '— 2 —').size).toBe(14);
  });

  it('of 文件格式: mark 35 mm under the top of the type area, number two lines below, rule as wide as the text', async () => {
    const [page] = await pagesOf(wenjian());
    const mark = lineWith(page, '示例市职业技能鉴定中心文件');
    expect(emTop(mark) / MM).toBeCloseTo(37 + 35, 1);
    const number = lineWith(page, '示技〔2022〕4号');
    expect((number.x + number.end) / 2 / MM).toBeCloseTo(106, 0);
    expect((emTop(number) - emTop(mark) - mark.size) / 28.99).toBeCloseTo(2, 1);
    const [rule, ...others] = red(page);
    expect(others).toEqual([]);
    expect([(rule?.left ?? 0) / MM, (rule?.width ?? 0) / MM].map(Math.round)).toEqual([28, 156]);
    expect(((rule?.top ?? 0) - emTop(number) - 16) / MM).toBeCloseTo(4, 1);
    const title = lineWith(page, '关于2021年度');
    expect((emTop(title) - (rule?.top ?? 0)) / 28.99).toBeGreaterThan(1.7);
    expect((emTop(title) - (rule?.top ?? 0)) / 28.99).toBeLessThan(2.7);
    expect(lineWith(page, '— 1 —').size).toBe(14);
  });
});

describe('the text of a page', () => {
  it('breaks lines as Chinese does, and justifies full ones to the edge', async () => {
    const text =
      '评价机构“规范管理、注重质量”，落实《职业技能等级认定工作规程》（以下简称《规程》），2021年度计划执行率达86.4%；';
    const [, page] = await pagesOf(fullPages({ body: [{ kind: 'paragraph', text: text.repeat(40) }] }));
    const lines = textLines(page as MeasuredPage);
    expect(lines).toHaveLength(22);
    for (const line of lines) {
      expect(mayNotBegin(line[0]?.text ?? '')).toBe(false);
      expect(mayNotEnd(line.at(-1)?.text ?? '')).toBe(false);
      const last = line.at(-1);
      // A full character is drawn in a cell that is narrower than it by 0.2 pt.
      expect(Math.abs((last ? last.x + last.width : 0) - 184 * MM)).toBeLessThan(0.3);
    }
  });

  it('keeps a heading with the text under it', async () => {
    const lines = Array.from({ length: 21 }, () => ({ kind: 'paragraph' as const, text: '评价' }));
    const pages = await pagesOf(
      circular({
        head: { layout: 'plain' },
        title: [],
        recipients: undefined,
        annexes: [],
        signature: undefined,
        body: [...lines, { kind: 'heading', level: 1, text: '结果' }, { kind: 'paragraph', text: '通报' }],
      }),
    );
    expect(lineWith(pages[1], '一、结果').y).toBeLessThan(lineWith(pages[1], '通报').y);
  });

  it('shows markup as text and survives it in properties', async () => {
    const attack = '<b>&amp;</b>';
    const { bytes } = await toPdf(circular({ title: [attack], recipients: attack }), fonts);
    const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
    expect((await pdf.getMetadata()).metadata?.get('dc:title')).toBe('＜b＞＆amp;＜/b＞');
    const [page] = await measuredPdf(bytes);
    expect(lineWith(page, attack).size).toBe(22);
  });
});

describe('a table over several pages', () => {
  it('repeats its head and loses no row', async () => {
    const pages = await pagesOf(circular({ annexes: [annexOf(100)] }));
    const table = pages.slice(2);
    expect(table.length).toBeGreaterThan(3);
    for (const page of table) expect(lineWith(page, '机构备案号').face).toBe('NotoSansSC-Medium');
    const numbers = table
      .flatMap((page) => linesOf(page).map(textOf))
      .flatMap((line) => line.match(/Y\d{12}/g) ?? []);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, at) => `Y${String(at + 1).padStart(12, '0')}`));
    for (const page of table)
      for (const shape of page.shapes) expect((shape.top + shape.height) / MM).toBeLessThan(262.1);
  });

  it('goes over pages where a row is higher than one', async () => {
    const text = '证据'.repeat(3000);
    const pages = await pagesOf(
      circular({
        annexes: [
          {
            title: ['评分表'],
            body: [{ kind: 'facts', caption: '评分表', entries: [{ name: '证据', value: text }] }],
          },
        ],
      }),
    );
    const characters = pages.slice(2).flatMap((page) => page.characters.filter(({ size }) => size === 12));
    expect(
      characters
        .map(({ text }) => text)
        .join('')
        .replace(/证据/, ''),
    ).toHaveLength(6000);
    for (const { y } of characters) expect(y / MM).toBeLessThan(262);
  });
});

describe('the file', () => {
  it('is told by no document that was set before it', async () => {
    // Two characters of one glyph: readers are told the one that this document has.
    const [radical, word] = [circular({ recipients: '\u2f62心' }), circular({ recipients: '甘心' })];
    const opened = { text: fonts.text.slice(), title: fonts.title.slice(), sans: fonts.sans.slice() };
    const alone = await toPdf(word, opened);
    await toPdf(radical, fonts);
    expect((await toPdf(word, fonts)).bytes).toEqual(alone.bytes);
    expect((await toPdf(radical, opened)).bytes).not.toEqual(alone.bytes);
  });

  it('is the same for the same document', async () => {
    const [once, again] = [await toPdf(circular(), fonts), await toPdf(circular(), fonts)];
    expect(Buffer.from(once.bytes).equals(Buffer.from(again.bytes))).toBe(true);
    const other = await toPdf(circular({ date: '2022-03-02' }), fonts);
    expect(Buffer.from(once.bytes).equals(Buffer.from(other.bytes))).toBe(false);
  });

  it('has a title, a language, a tagged structure and bookmarks', async () => {
    const { bytes } = await toPdf(circular(), fonts);
    const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Title: '关于2021年度全市技能人才评价机构年度工作评估情况的通报',
      Language: 'zh-CN',
      CreationDate: 'D:20220301000000Z',
    });
    expect(await pdf.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const roles = async (page: number) =>
      JSON.stringify(await (await pdf.getPage(page)).getStructTree()).match(/"role":"[^"]+"/g) ?? [];
    expect(await roles(1)).toEqual(
      expect.arrayContaining(['"role":"H1"', '"role":"H2"', '"role":"H3"', '"role":"P"']),
    );
    expect((await roles(1)).filter((role) => role === '"role":"H1"')).toHaveLength(1);
    expect(await roles(3)).toEqual(expect.arrayContaining(['"role":"Table"', '"role":"TH"', '"role":"TD"']));
    const outline = (await pdf.getOutline())[0];
    expect(outline?.items.map(({ title }: { title: string }) => title)).toEqual([
      '一、评估结果',
      '二、好的方面',
      '三、问题不足',
      '附件  2021年度技能人才评价机构年度工作评估星级',
    ]);
  });

  it('names the characters that its faces lack and prints a mark for each', async () => {
    const { bytes, missing } = await toPdf(circular({ recipients: '𠮷田𠮷、😀' }), fonts);
    expect(missing).toEqual([
      { character: '😀', codePoint: 'U+1F600' },
      { character: '𠮷', codePoint: 'U+20BB7' },
    ]);
    const [page] = await measuredPdf(bytes);
    expect(lineWith(page, '〓田').text).toBe('〓田〓、〓：');
    expect((await toPdf(circular(), fonts)).missing).toEqual([]);
  });

  it('is under 300 KB for 13 agencies', async () => {
    expect((await toPdf(circular({ annexes: [annexOf(13)] }), fonts)).bytes.length).toBeLessThan(300_000);
  });

  it('embeds its faces as subsets', async () => {
    const { bytes } = await toPdf(circular(), fonts);
    const names = Buffer.from(bytes)
      .toString('latin1')
      .match(/\/FontName \/\S+/g);
    expect(names).toHaveLength(3);
    for (const name of names ?? []) expect(name).toMatch(/^\/FontName \/[A-Z]{6}\+Noto/);
  });
});
