import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { toDocx } from '../../shared/documents/docx/docx.ts';
import type { OfficialDocument } from '../../shared/documents/model.ts';
import { annexOf, circular, wenjian } from './sample.ts';
import { all, first, type Node, textIn, xmlTree } from './xml-tree.ts';

const MM = 1440 / 25.4;
const parts = (document: OfficialDocument): Record<string, Node> =>
  Object.fromEntries(
    Object.entries(unzipSync(toDocx(document))).map(([name, bytes]) => [name, xmlTree(strFromU8(bytes))]),
  );
const part = (document: OfficialDocument, name: string): Node => {
  const found = parts(document)[`word/${name}.xml`];
  if (!found) throw new Error(`no part ${name}`);
  return found;
};
const number = (node: Node, attribute: string): number => Number(node.attributes[`w:${attribute}`]);
const within = (measured: number, asked: number, part: number) =>
  expect(Math.abs(measured / asked - 1), `${measured} for ${asked}`).toBeLessThanOrEqual(part);
const paragraphWith = (root: Node, text: string): Node => {
  const found = all(root, 'w:p').find((each) => textIn(each).includes(text));
  if (!found) throw new Error(`no paragraph with ${text}`);
  return found;
};

/** Effective properties of a style: face, size, letter spacing, line, indents. */
function styleOf(document: OfficialDocument, text: string) {
  const id = first(paragraphWith(part(document, 'document'), text), 'w:pStyle').attributes['w:val'];
  const style = all(part(document, 'styles'), 'w:style').find((each) => each.attributes['w:styleId'] === id);
  if (!style) throw new Error(`no style ${id}`);
  const one = (name: string) => all(style, name)[0]?.attributes ?? {};
  const run = first(style, 'w:rPr');
  return {
    face: first(run, 'w:rFonts').attributes['w:eastAsia'],
    points: number(first(run, 'w:sz'), 'val') / 2,
    closer: Number(all(run, 'w:spacing')[0]?.attributes['w:val'] ?? 0) / 20,
    line: Number(one('w:spacing')['w:line']),
    firstLine: Number(one('w:ind')['w:firstLine'] ?? 0),
    align: one('w:jc')['w:val'],
  };
}

describe('the page of a DOCX', () => {
  const section = first(part(circular(), 'document'), 'w:sectPr');
  const [size, margins] = [first(section, 'w:pgSz'), first(section, 'w:pgMar')];
  const textWidth = number(size, 'w') - number(margins, 'left') - number(margins, 'right');
  const textHeight = number(size, 'h') - number(margins, 'top') - number(margins, 'bottom');

  it('is A4 with a type area of 156 × 225 mm at 28 and 37 mm', () => {
    expect([number(size, 'w') / MM, number(size, 'h') / MM].map(Math.round)).toEqual([210, 297]);
    expect(number(margins, 'left') / MM).toBeCloseTo(28, 1);
    expect(number(margins, 'top') / MM).toBeCloseTo(37, 1);
    within(textWidth / MM, 156, 0.001);
    within(textHeight / MM, 225, 0.001);
  });

  it('holds 22 lines of 28 characters at the pitches of the standard within 0.5 %', () => {
    const { line, points, closer } = styleOf(circular(), '本次参加评估');
    within(line / 20, 28.99, 0.005);
    within(points + closer, 15.79, 0.005);
    expect(Math.floor(textHeight / line)).toBe(22);
    expect(Math.floor(textWidth / 20 / (points + closer))).toBe(28);
    const grid = first(section, 'w:docGrid');
    expect([grid.attributes['w:type'], number(grid, 'linePitch')]).toEqual(['lines', line]);
  });

  it('holds 26 characters behind the indent of two', () => {
    const { firstLine, points, closer } = styleOf(circular(), '本次参加评估');
    within(firstLine / 20, 2 * 15.79, 0.005);
    expect(Math.floor((textWidth - firstLine) / 20 / (points + closer))).toBe(26);
  });
});

describe('the elements of a DOCX', () => {
  it.each([
    ['关于2021年度', '方正小标宋_GBK', 22],
    ['示例市职业技能鉴定中心', '方正小标宋_GBK', 36],
    ['示技函〔2022〕4号', '仿宋_GB2312', 16],
    ['各县区', '仿宋_GB2312', 16],
    ['一、评估结果', '黑体', 16],
    ['（一）部分机构工作停滞', '楷体_GB2312', 16],
    ['1.场地不足', '仿宋_GB2312', 16],
    ['本次参加评估', '仿宋_GB2312', 16],
    ['2022年3月1日', '仿宋_GB2312', 16],
  ])('%s is set in %s of %d pt', (text, face, points) => {
    const document = text.startsWith('示例市') ? wenjian() : circular();
    expect(styleOf(document, text)).toMatchObject({ face, points });
  });

  it('name a face for East Asian text wherever they name one', () => {
    for (const [name, root] of Object.entries(parts(circular())))
      for (const fonts of all(root, 'w:rFonts'))
        expect([name, fonts.attributes['w:eastAsia']]).toEqual([
          name,
          expect.stringMatching(/\p{Script=Han}/u),
        ]);
  });

  it('give a heading that runs on its face, and the rest the face of the text', () => {
    const [heading, rest] = all(paragraphWith(part(circular(), 'document'), '机构类型齐全'), 'w:r');
    expect(heading && first(heading, 'w:rFonts').attributes['w:eastAsia']).toBe('楷体_GB2312');
    expect(rest && all(rest, 'w:rFonts')).toEqual([]);
  });

  it('put title, note, signature and annex where the standard has them', () => {
    const body = part(circular(), 'document');
    const title = paragraphWith(body, '关于2021年度');
    expect(textIn(title)).toBe('关于2021年度全市技能人才评价机构\n年度工作评估情况的通报');
    expect(styleOf(circular(), '关于2021年度').align).toBe('center');
    const line = 579;
    expect(number(first(title, 'w:spacing'), 'before')).toBe(2 * line);
    expect(textIn(paragraphWith(body, '附件：'))).toBe('附件：2021年度技能人才评价机构年度工作评估星级');
    expect(number(first(paragraphWith(body, '附件：'), 'w:spacing'), 'before')).toBe(line);
    const day = first(paragraphWith(body, '2022年3月1日'), 'w:ind');
    within(number(day, 'right') / 20 / 15.79, 4, 0.005);
    const annex = paragraphWith(body, '附件');
    const label = all(body, 'w:p').find((each) => textIn(each) === '附件');
    expect(label && first(label, 'w:pStyle').attributes['w:val']).toBe('AnnexLabel');
    expect(annex).toBeDefined();
    const style = all(part(circular(), 'styles'), 'w:style').find(
      (each) => each.attributes['w:styleId'] === 'AnnexLabel',
    );
    expect(style && all(style, 'w:pageBreakBefore')).toHaveLength(1);
  });

  it('keep the signature on a page with the end of the text', () => {
    const body = part(circular({ body: [{ kind: 'paragraph', text: '特此通报。' }] }), 'document');
    for (const text of ['特此通报。', '附件：'])
      expect(all(paragraphWith(body, text), 'w:keepNext'), text).toHaveLength(1);
    expect(
      all(
        all(body, 'w:p').filter((each) => textIn(each) === '示例市职业技能鉴定中心')[0] ?? body,
        'w:keepNext',
      ),
    ).not.toEqual([]);
  });
});

describe('heads and feet of a DOCX', () => {
  it('number odd pages on the right and even pages on the left, one character in, in 14 pt 宋体', () => {
    for (const [name, side, indent] of [
      ['footerOdd', 'right', 'right'],
      ['footerEven', 'left', 'left'],
    ] as const) {
      const footer = part(circular(), name);
      const paragraph = first(footer, 'w:p');
      expect(first(paragraph, 'w:jc').attributes['w:val']).toBe(side);
      expect(number(first(paragraph, 'w:ind'), indent)).toBe(14 * 20);
      expect(first(footer, 'w:instrText').text.trim()).toBe('PAGE');
      expect(textIn(paragraph)).toBe('— 1 —');
    }
    const style = all(part(circular(), 'styles'), 'w:style').find(
      (each) => each.attributes['w:styleId'] === 'PageNumber',
    );
    expect(
      style && [first(style, 'w:rFonts').attributes['w:eastAsia'], number(first(style, 'w:sz'), 'val')],
    ).toEqual(['宋体', 28]);
    expect(all(part(circular(), 'settings'), 'w:evenAndOddHeaders')).toHaveLength(1);
  });

  it('of 信函格式: mark at 30 mm, double rules of 170 mm, thick outside, and no number on page 1', () => {
    const header = part(circular(), 'headerFirst');
    const mark = paragraphWith(header, '示例市职业技能鉴定中心');
    expect(number(first(mark, 'w:framePr'), 'y') / MM).toBeCloseTo(30, 1);
    expect(first(mark, 'w:color').attributes['w:val']).toBe('E60012');
    const rule = first(header, 'w:top');
    expect([rule.attributes['w:val'], rule.attributes['w:color']]).toEqual(['thickThinSmallGap', 'E60012']);
    const frame = all(header, 'w:framePr').at(-1);
    expect(number(frame ?? mark, 'w') / MM).toBeCloseTo(170, 1);
    expect(number(frame ?? mark, 'x') / MM).toBeCloseTo(20, 1);
    expect(
      (number(frame ?? mark, 'y') - number(first(mark, 'w:framePr'), 'y')) / MM - (38 * 25.4) / 72,
    ).toBeCloseTo(4, 1);
    const footer = part(circular(), 'footerFirst');
    expect(first(footer, 'w:bottom').attributes['w:val']).toBe('thinThickSmallGap');
    expect(all(footer, 'w:instrText')).toEqual([]);
    const section = first(part(circular(), 'document'), 'w:sectPr');
    expect(all(section, 'w:titlePg')).toHaveLength(1);
    const margins = first(section, 'w:pgMar');
    expect(number(margins, 'footer') / MM).toBeCloseTo(20, 1);
    const indent = first(footer, 'w:ind');
    const width = number(first(section, 'w:pgSz'), 'w') - number(margins, 'left') - number(margins, 'right');
    expect((width - number(indent, 'left') - number(indent, 'right')) / MM).toBeCloseTo(170, 1);
    expect(first(paragraphWith(part(circular(), 'document'), '〔2022〕'), 'w:jc').attributes['w:val']).toBe(
      'right',
    );
  });

  it('of 文件格式: mark 35 mm down, number two lines below, rule 4 mm below, and a number on page 1', () => {
    const body = part(wenjian(), 'document');
    const mark = paragraphWith(body, '示例市职业技能鉴定中心文件');
    expect(number(first(mark, 'w:spacing'), 'before') / MM).toBeCloseTo(35, 1);
    const line = paragraphWith(body, '示技〔2022〕4号');
    expect(first(line, 'w:jc').attributes['w:val']).toBe('center');
    expect(number(first(line, 'w:spacing'), 'before')).toBe(2 * 579);
    const rule = first(line, 'w:bottom');
    expect([rule.attributes['w:val'], rule.attributes['w:color']]).toEqual(['single', 'E60012']);
    // A border's distance is in whole points.
    expect((number(rule, 'space') * 25.4) / 72).toBeCloseTo(4, 0);
    expect(all(body, 'w:titlePg')).toEqual([]);
  });

  it('carry the mark of sample data on every page', () => {
    const marked = parts(circular({ sampleMark: '示例数据' }));
    for (const name of ['headerFirst', 'headerOdd', 'headerEven'])
      expect(textIn(marked[`word/${name}.xml`] as Node)).toContain('示例数据');
  });
});

describe('a table of a DOCX', () => {
  it('repeats its head, breaks no row over pages and has the widths of its columns', () => {
    const body = part(circular({ annexes: [annexOf(100)] }), 'document');
    const rows = all(body, 'w:tr');
    expect(rows).toHaveLength(101);
    expect(rows.map((row) => all(row, 'w:tblHeader').length)).toEqual([1, ...Array(100).fill(0)]);
    for (const row of rows) expect(all(row, 'w:cantSplit')).toHaveLength(1);
    expect(first(body, 'w:tblLayout').attributes['w:type']).toBe('fixed');
    const grid = all(body, 'w:gridCol').map((column) => number(column, 'w'));
    expect(grid.reduce((a, b) => a + b, 0)).toBe(number(first(body, 'w:tblW'), 'w'));
    within(number(first(body, 'w:tblW'), 'w') / MM, 156, 0.001);
    for (const row of rows) expect(all(row, 'w:tcW').map((cell) => number(cell, 'w'))).toEqual(grid);
  });

  it('makes columns wide enough for their numbers', () => {
    const body = part(circular({ annexes: [annexOf(3)] }), 'document');
    const [, , number3 = 0] = all(body, 'w:gridCol').map((column) => number(column, 'w'));
    // Thirteen digits of 12 pt 仿宋, which are half as wide as they are high.
    expect(number3 / 20).toBeGreaterThan(13 * 6 + 8);
  });

  it('sets names and values two pairs a row, the last one over the rest', () => {
    const entries = ['甲', '乙', '丙'].map((name) => ({ name, value: `${name}值\n第二行` }));
    const body = part(
      circular({ annexes: [], body: [{ kind: 'facts', caption: '表', entries, pairs: 2 }] }),
      'document',
    );
    const rows = all(body, 'w:tr').map((row) => all(row, 'w:tc').map(textIn));
    expect(rows).toEqual([
      ['甲', '甲值\n第二行', '乙', '乙值\n第二行'],
      ['丙', '丙值\n第二行'],
    ]);
    expect(all(body, 'w:gridSpan').map((span) => number(span, 'val'))).toEqual([3]);
  });
});

describe('the package of a DOCX', () => {
  it('is the same for the same document, in every time zone', () => {
    const zone = process.env.TZ;
    const made = ['Asia/Shanghai', 'America/Los_Angeles', 'UTC'].map((each) => {
      process.env.TZ = each;
      return Buffer.from(toDocx(circular())).toString('base64');
    });
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(new Set(made).size).toBe(1);
    expect(Buffer.from(toDocx(circular({ date: '2022-03-02' }))).toString('base64')).not.toBe(made[0]);
  });

  it('names the type of every part and refers to parts that are there', () => {
    const files = parts(circular());
    const named = all(files['[Content_Types].xml'] as Node, 'Override').map(
      (each) => each.attributes.PartName,
    );
    for (const name of Object.keys(files).filter((each) => !/\.rels$|^\[/.test(each)))
      expect(named).toContain(`/${name}`);
    const targets = all(files['word/_rels/document.xml.rels'] as Node, 'Relationship');
    for (const target of targets) expect(Object.keys(files)).toContain(`word/${target.attributes.Target}`);
    const ids = new Set(targets.map((target) => target.attributes.Id));
    for (const name of ['w:headerReference', 'w:footerReference'])
      for (const reference of all(files['word/document.xml'] as Node, name))
        expect(ids).toContain(reference.attributes['r:id']);
  });

  it('carries title, organ and date in its properties', () => {
    const core = parts(circular())['docProps/core.xml'] as Node;
    expect(first(core, 'dc:title').text).toBe('关于2021年度全市技能人才评价机构年度工作评估情况的通报');
    expect(first(core, 'dcterms:created').text).toBe('2022-03-01T00:00:00Z');
  });

  it('shows any text as text', () => {
    const attacks = ['</w:t><w:br/>', '&amp;', '<!--', ']]>', '\u0000\u0008', '\uD800'];
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary' })), (text) => {
        const shown = text
          .toWellFormed()
          .replace(/[\r\n]/g, '')
          .replaceAll('\t', ' ')
          .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, '\uFFFD');
        const body = part(circular({ remark: text, annexes: [] }), 'document');
        expect(all(body, 'w:p').map(textIn)).toContain(`（${shown}）`);
      }),
      { numRuns: 25 },
    );
  });
});
