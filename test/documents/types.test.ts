import { describe, expect, it } from 'vitest';
import type { Block, OfficialDocument, Text } from '../../shared/documents/model.ts';
import { filledBody } from '../../shared/documents/template.ts';
import { announcementDocument } from '../../shared/documents/types/announcement.ts';
import { circularDocument } from '../../shared/documents/types/circular.ts';
import { noticeDocument } from '../../shared/documents/types/notice.ts';
import { planDocument } from '../../shared/documents/types/plan.ts';
import { rectificationDocument } from '../../shared/documents/types/rectification.ts';
import { scoreSheetDocument } from '../../shared/documents/types/score-sheet.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { draw } from '../../shared/domain/draw.ts';
import { contradictionsInText } from '../../shared/domain/narrative/contradictions.ts';
import { itemsOf } from '../../shared/domain/rubric.ts';
import { aDraw, aRate, filing, fullMarks, fullMarksBut } from '../domain/builders.ts';
import { HUAINAN } from '../domain/narrative/real-circular.ts';
import { aCircular, aNotice, aRectification, aScoreSheet, CENTRE } from './snapshots.ts';

const plainText = (text: Text) => (typeof text === 'string' ? text : text.map((run) => run.text).join(''));

function textOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.text + (block.follows ? plainText(block.follows) : '');
    case 'paragraph':
      return plainText(block.text);
    case 'table':
      return [block.caption, ...block.columns.map(({ title }) => title), ...block.rows.flat()].join('\n');
    case 'facts':
      return block.entries.map(({ name, value }) => `${name}：${value}`).join('\n');
  }
}
const words = ({ title, body, annexes }: OfficialDocument) =>
  [title.join(''), ...[...body, ...annexes.flatMap((annex) => annex.body)].map(textOf)].join('\n');

describe('the circular', () => {
  const document = circularDocument(aCircular());

  it('has the four parts, their figures, and the annex of stars', () => {
    const parts = document.body.flatMap((block) =>
      block.kind === 'heading' && block.level === 1 ? [block.text] : [],
    );
    expect(parts).toEqual(['评估结果', '好的方面', '问题不足', '工作要求']);
    expect(document.title.join('')).toBe('关于2021年度淮南市技能人才评价机构年度工作评估情况的通报');
    expect(words(document)).toContain(
      '五星级（90分及以上）4家，占31%；四星级（80分及以上、不满90分）2家，占15%；三星级（70分及以上、不满80分）2家，占15%；不合格（不满70分）5家，占38%（各项比例分别四舍五入，合计为99%）。',
    );
    expect(words(document)).toContain('另有10家不参加本次评估（省中心抽查评估10家）');
    const [table] = document.annexes[0]?.body ?? [];
    expect(table).toMatchObject({
      columns: ['序号', '机构名称', '机构备案号', '备案期限', '评估星级'].map((title) => ({ title })),
      rows: [['1', '淮河钢铁有限公司', filing(1), '2020.4-2023.3', '★★★★★']],
    });
  });

  it('states nothing that contradicts its data, and something else when they change', () => {
    expect(contradictionsInText(words(document), HUAINAN)).toEqual([]);
    const bands = HUAINAN.bands.map((band, index) =>
      index === 0 ? { ...band, count: 5, percent: '36' } : band,
    );
    const changed = circularDocument(aCircular({ population: 14, bands }));
    expect(words(changed)).toContain('五星级（90分及以上）5家，占36%');
    expect(contradictionsInText(words(changed), HUAINAN)).not.toEqual([]);
  });

  it('has the layout of its number, the mark of samples, and no date before it is signed', () => {
    expect(document.head).toMatchObject({ layout: 'xinhan', mark: CENTRE, number: '职技函〔2022〕4号' });
    const plain = circularDocument(aCircular({ number: '职技〔2022〕4号', sampleData: true }));
    expect(plain.head).toMatchObject({ layout: 'wenjian', mark: `${CENTRE}文件` });
    expect(plain.sampleMark).toContain('样例');
    expect(() => circularDocument(aCircular({ date: null }))).toThrow('no date');
  });

  it('speaks of no annex where no agency is named', () => {
    const nobody = circularDocument(aCircular({ annex: [] }));
    expect([nobody.annexes, words(nobody).includes('附件')]).toEqual([[], false]);
  });
});

describe('the notice', () => {
  it('prints the whole standard: every item with its points and its rule, the total, and the bonus', () => {
    const document = noticeDocument(aNotice());
    const text = words(document);
    for (const { code, title } of itemsOf(DEFAULT_RUBRIC)) expect(text).toContain(`${code} ${title}`);
    for (const { title } of DEFAULT_RUBRIC.vetoes) expect(text).toContain(title);
    const [table] = document.annexes[0]?.body ?? [];
    expect(table).toMatchObject({ kind: 'table', totals: true });
    expect(table?.kind === 'table' && table.rows.at(-1)).toEqual(['合计', '', '100', '']);
  });

  it('says how many, how long and how drawn, and leaves out what is not given', () => {
    const text = words(noticeDocument(aNotice({ contact: '0554-0000000' })));
    expect(text).toContain('截至2022年2月底');
    expect(text).toContain('共13家');
    expect(text).toContain('另有10家不参加本次评估（其中省中心抽查评估10家）');
    expect(text).toContain('10个工作日');
    expect(text).toContain('c'.repeat(64));
    expect(text).toContain('联系方式：0554-0000000。');
    const less = words(noticeDocument(aNotice({ leftOut: 0, exclusions: [] })));
    expect(less).not.toMatch(/另有|联系方式/);
  });
});

describe('the plan', () => {
  it('names who is visited by whom, the seed, and how many of each type', () => {
    const agencies = [1, 2, 3].map((serial) => ({
      filingNumber: filing(serial),
      filingType: 'enterprise' as const,
      certain: serial === 3 ? ['上年度评估不合格'] : [],
    }));
    const record = draw(aDraw({ agencies }));
    const names = Object.fromEntries(
      agencies.map(({ filingNumber }) => [filingNumber, `机构${filingNumber}`]),
    );
    const { recipients, contact, city, centre } = aNotice();
    const document = planDocument({
      ...record,
      ...{ recipients, contact, city, centre, names },
      year: 2021,
      number: null,
      date: '2022-03-10',
      visitWorkingDays: 15,
      sampleData: false,
    });
    const text = words(document);
    expect(text).toContain(record.seed);
    for (const { filingNumber, inspectors } of record.visits) {
      expect(text).toContain(`机构${filingNumber}`);
      const sent = inspectors.map((id) => record.inspectors.find((one) => one.id === id)?.name);
      expect(text).toContain(sent.join('、'));
    }
    expect(text).not.toContain('不合格');
  });
});

describe('the announcement', () => {
  it('lists proposed stars and says how to object', () => {
    const { annex, number, ...rest } = aCircular();
    const document = announcementDocument({
      ...rest,
      number,
      contact: '0554-0000000',
      workingDays: 5,
      objections: '机构有异议的，请在公示期内登录系统提交。',
      stars: annex,
    });
    expect(words(document)).toContain('拟评定五星级4家、四星级2家、三星级2家、不合格5家');
    expect(words(document)).toContain('5个工作日');
    expect(words(document)).toContain('登录系统提交');
    expect(words(document)).toContain('★★★★★');
  });
});

describe('papers of one agency', () => {
  it('the score sheet shows each item’s points with the rule, and their sum', () => {
    const sheet = aScoreSheet();
    const document = scoreSheetDocument(sheet);
    const table = document.body.find((block) => block.kind === 'table');
    expect(table).toMatchObject({
      rows: expect.arrayContaining([['合计（适用项目）', '100', sheet.score.earned, '', '']]),
    });
    for (const { code, rule } of sheet.score.items) {
      expect(words(document)).toContain(code);
      expect(words(document)).toContain(rule);
    }
    expect(document.head).toEqual({ layout: 'plain' });
  });

  it('not applicable is printed as such, and is not a zero', () => {
    const answers = fullMarks(DEFAULT_RUBRIC, { C4: { notApplicable: { reason: '全年未发现问题' } } });
    const sheet = aScoreSheet(answers, { notApplicable: ['C4'] });
    expect(words(scoreSheetDocument(sheet))).toMatch(/C4 问题整改闭环率\n3\n不适用\n/);
  });

  it('the rectification notice lists what is wrong, the worst first, and the last day', () => {
    const failed = aScoreSheet(fullMarksBut(DEFAULT_RUBRIC, { A2: aRate(0, 10), B1: aRate(1, 10) }));
    const document = rectificationDocument(aRectification(failed));
    const text = words(document);
    expect(document.recipients).toBe('淮河钢铁有限公司');
    expect(text).toContain('2022年7月6日前（含当日）');
    expect(text.indexOf('A2 ')).toBeLessThan(text.indexOf('B1 '));
    expect(text).not.toContain('G1 ');
    expect(text).toContain('评估年度内执行批次数为 0，直接评定为不合格');
  });
});

it('a template never prints a hole: a figure that nobody gives is a mistake', () => {
  const template = { title: [], body: '共{population}家。\n@annex' };
  expect(() => filledBody(template, {}, { annex: [] })).toThrow('{population}');
  expect(() => filledBody(template, { population: 1 })).toThrow('@annex');
  expect(filledBody({ title: [], body: '共{population}家。' }, { population: null })).toEqual([]);
});
