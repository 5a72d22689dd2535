import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printProblems, readFolder } from '../../../infra/local/folder/index.ts';

const SAMPLE = join(import.meta.dirname, '../../../docs/sample/huainan-2021');
const FORM = 'self-evaluations/Y000034040002.csv';
const VISIT = 'inspections/Y000034040002.csv';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'folder-'));
  cpSync(SAMPLE, dir, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true }));

const write = (path: string, content: string) => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
};

/** Replaces text that must be there. */
function change(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(dir, path), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  write(path, changed);
}

const lineOf = (path: string, text: string) =>
  readFileSync(join(dir, path), 'utf8')
    .split(/\r?\n/)
    .findIndex((line) => line.includes(text)) + 1;

/** Errors of the folder, as `file row field message`. */
async function errors(): Promise<string[]> {
  const { folder, problems } = await readFolder(dir);
  const told = problems.filter(({ severity }) => severity === 'error');
  expect(folder === undefined).toBe(told.length > 0);
  return told.map(({ file, row, field, message }) => [file, row, field, message].join(' '));
}

async function warnings(): Promise<string[]> {
  const { problems } = await readFolder(dir);
  return problems
    .filter(({ severity }) => severity === 'warning')
    .map(({ file, message }) => `${file} ${message}`);
}

describe('settings.yaml', () => {
  it('names the line and field of every value that does not fit, in Chinese', async () => {
    change('settings.yaml', 'year: 2021 ', 'year: 二〇二一 ');
    change('settings.yaml', 'cityCode: "04"', 'cityCode: 04');
    change('settings.yaml', '  city: 淮南市\n', '  city: 淮南市\n  colour: red\n');
    const told = await errors();
    expect(told).toHaveLength(3);
    expect(told.join('\n')).toMatch(/settings\.yaml 2 year .*[\u4e00-\u9fff]/);
    expect(told.join('\n')).toContain(
      `settings.yaml ${lineOf('settings.yaml', 'cityCode')} settings.cityCode`,
    );
    expect(told.join('\n')).toContain('colour');
  });

  it('tells the line of broken syntax', async () => {
    change('settings.yaml', 'startsOn: 2022-02-15', 'startsOn: 2022-02-15\nstartsOn: 2022-02-16');
    expect((await errors())[0]).toMatch(/^settings\.yaml 4 {2}同一名称写了两次/);
  });

  it('wants enough inspectors and known holidays', async () => {
    change('settings.yaml', /inspectors:[\s\S]*$/, 'inspectors:\n    - { id: inspector-1, name: 周样例 }\n');
    change('settings.yaml', 'startsOn: 2022-02-15', 'startsOn: 2091-02-15');
    change('settings.yaml', 'filingReferenceMonth: 2022-02', 'filingReferenceMonth: 2022-03');
    const told = await errors();
    expect(told).toHaveLength(2);
    expect(told.join('\n')).toMatch(/督导员只有 1 人.*\n?/);
    expect(told.join('\n')).toContain('2091 年放假安排未知或不全');
  });

  it('refuses one id for two people', async () => {
    change('settings.yaml', 'id: approver-2', 'id: approver-1');
    const told = await errors();
    expect(told.join('\n')).toContain('另取一个 id');
  });
});

describe('the registry', () => {
  it('may be a CSV file, and must be one file', async () => {
    write('registry.csv', '机构备案号,机构名称\n');
    expect((await errors())[0]).toContain('只保留一个名册');
    rmSync(join(dir, 'registry.xlsx'));
    expect((await errors()).filter((error) => error.includes('缺少“'))).toHaveLength(3);
  });

  it('does not call an agency unknown whose row has to be mended', async () => {
    rmSync(join(dir, 'registry.xlsx'));
    const row = 'Y000034040002,样例,企业,企业,2020.1,';
    write('registry.csv', `机构备案号,机构名称,备案类型,机构性质,备案期限,县区\n${row}\n`);
    const told = await errors();
    expect(told.filter((error) => error.startsWith('registry.csv 2'))).toHaveLength(2);
    expect(told.filter((error) => error.includes('没有备案号 Y000034040002'))).toEqual([]);
    expect(told.some((error) => error.includes('没有备案号 Y000034040003'))).toBe(true);
  });
});

describe('forms', () => {
  it.each([
    ['A2,年度计划执行率,执行批次数,11', 'A2,年度计划执行率,执行批次数,十一', '应为不小于 0 的整数'],
    ['A2,年度计划执行率,执行批次数,11', 'A2,年度计划执行率,执行批次数,', '还缺“执行批次数”'],
    ['A2,年度计划执行率,执行批次数,11', 'A2,年度计划执行率,执行次数,11', '没有“执行次数”'],
    ['G1,便民与社会服务,等次,B', 'G1,便民与社会服务,等次,E', '应为 A、B、C、D 之一'],
    [/(G1,.*?,等次,B,)[^,]*/, '$1', '须说明理由'],
    [/(A1,.*?,编制年度评价计划,)是/, '$1部分', '应填“是”或“否”'],
    [/(A1,.*?,编制年度评价计划,)是/, '$1不适用', '不能既填'],
    ['P1,', 'P9,', '没有该项目'],
    [/D1,报名资格审核.*\r\n/, '', '项目 D1 没有填报'],
    ['01-计划与公告.pdf', '01-计划.pdf', '找不到佐证材料“01-计划.pdf”'],
    ['01-计划与公告.pdf', '../../settings.yaml', '只写文件名'],
    ['01-计划与公告.pdf', '计划.exe', '类型不能提交'],
    [/2021-02-26/g, '', '没有填写形成日期'],
    ['2021-02-26', '去年', '应为 2021-12-31 的形式'],
    ['2021-02-26', '2021-02-27', '有两个形成日期'],
    ['2021-02-26', '2021-02-26；2021-02-27', '个数不同'],
    [/承诺书,.*日期.*/, '承诺书,,日期,二月', '承诺书日期'],
    [/承诺书,.*承诺人.*\r\n/, '', '承诺书还缺承诺人'],
    ['项目编号', '编号', '没有找到表头'],
  ])('a self-evaluation with %s → %s', async (from, to, message) => {
    change(FORM, from, to);
    const told = await errors();
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((error) => error.startsWith(FORM))).toBe(true);
    expect(told.join('\n')).toContain(message);
  });

  it('names the cell', async () => {
    const row = lineOf(FORM, 'A2,年度计划执行率,执行批次数');
    change(FORM, '执行批次数,11', '执行批次数,十一');
    const { problems } = await readFolder(dir);
    expect(problems[0]).toMatchObject({ file: FORM, row, cell: `D${row}`, field: '执行批次数' });
  });

  it('reads a declaration of not applicable, and rows without a code, as a clerk leaves them', async () => {
    change(
      FORM,
      /D3,视频监控覆盖率,视频监控覆盖的考场数,9,,([^\r]*)/,
      'D3,,视频监控覆盖的考场数,不适用,无考场,$1',
    );
    change(FORM, /D3,视频监控覆盖率,使用考场数,9/, ',,使用考场数,');
    const { folder } = await readFolder(dir);
    expect(folder?.selfEvaluations.get('Y000034040002')?.answers.items.D3?.notApplicable).toEqual({
      reason: '无考场',
    });
    expect((await warnings()).join('\n')).toContain('Y000034040002 申报 D3 不适用，尚无人决定');
  });

  it('must be about agencies of the registry; those that take no part are left out with a warning', async () => {
    for (const number of ['Y000034049999', 'S000034040911']) {
      write(`self-evaluations/${number}.csv`, readFileSync(join(dir, FORM), 'utf8'));
    }
    expect(await errors()).toEqual([expect.stringContaining('没有备案号 Y000034049999')]);
    expect((await warnings()).join('\n')).toContain('S000034040911 不参加本年度评估（省中心抽查评估）');
  });

  it('tells files that nobody names and two forms of one agency', async () => {
    write('self-evaluations/Y000034040002/遗漏.pdf', '%PDF');
    write('self-evaluations/S000034040006.csv', readFileSync(join(dir, FORM), 'utf8'));
    expect((await warnings()).join('\n')).toContain('遗漏.pdf 没有一行填写这个文件名');
    expect((await errors()).join('\n')).toContain('请只保留一个');
  });

  it.each([
    ['意见,同意', '意见,基本同意', '“同意”或“不同意”'],
    ['意见,同意', '意见,不同意', '写明不同意的内容'],
    ['姓名,张样例', '姓名,', '缺少机构代表的姓名'],
  ])('an inspection with %s → %s', async (from, to, message) => {
    change(VISIT, from, to);
    expect(await errors()).toEqual([expect.stringContaining(message)]);
  });

  it('keeps what a representative who disagrees says', async () => {
    const { folder } = await readFolder(dir);
    const said = folder?.inspections.get('S000034040904')?.representative;
    expect(said).toMatchObject({ agrees: false, statement: expect.stringContaining('整改') });
  });
});

describe('platform.csv', () => {
  it('tells wrong, doubled and unknown rows', async () => {
    change('platform.csv', '\r\nY000034040003,10', '\r\nY000034040003,十');
    change('platform.csv', /$/, 'Y000034040002,1,1,1,1,1\r\nY000034049999,1,1,1,1,1\r\n');
    const told = await errors();
    expect(told).toEqual([
      expect.stringContaining('计划批次 “十”'),
      expect.stringContaining('与第 2 行重复'),
    ]);
    expect((await warnings()).join('\n')).toContain('Y000034049999');
  });
});

describe('decisions.yaml', () => {
  it.each([
    ['by: handler-1, verdict: approve', 'by: nobody, verdict: approve', '没有“nobody”'],
    [
      'by: approver-1, verdict: approve, reason: 同意印发',
      'by: handler-2, verdict: approve, reason: 同意印发',
      '应由负责人办理',
    ],
    ['verdict: approve, reason: 通知已拟好', 'verdict: return, reason: 通知已拟好', '不能作出 return'],
    [/signCircular:[\s\S]*$/, '', '缺少“签发通报”的决定'],
    ['verdict: approve, reason: 评分依据', 'verdict: return, reason: 评分依据', '须在 agencies 中列出'],
    ['reason: 同意印发 }', 'reason: 同意印发, agencies: [Y000034040002] }', '只有 reviewScores'],
    ['values: { numerator: 6, denominator: 9 }', 'values: { numerator: 6 }', '缺少“执行批次数”'],
    ['by: approver-2\n      reason: 督导记录', 'by: handler-2\n      reason: 督导记录', '应由另一人批准'],
    ['item: C4', 'item: C3', '没有申报 C3 不适用'],
    ['kind: deduction, faults: 3', 'kind: checklist, ticked: []', '填报内容与项目类型不符'],
    ['item: D5\n    recorded', 'item: Z9\n    recorded', '的检查记录没有 Z9'],
    [
      'item: D5\n    recorded: { kind: deduction, faults: 3 }',
      'item: C3\n    recorded: { kind: graded, grade: B, reason: 同上 }',
      'C3 写了两次',
    ],
    ['verdict: rejected', 'verdict: upheld', '须在 corrections 中写明'],
    ['      - item: B3', '      - item: B1', '异议没有涉及项目 B1'],
    [
      'number: 1\n    by: approver-2\n    verdict: rejected',
      'number: 2\n    by: approver-2\n    verdict: rejected',
      '没有处理决定',
    ],
  ])('%s → %s', async (from, to, message) => {
    change('decisions.yaml', from, to);
    const told = await errors();
    expect(told.every((error) => error.startsWith('decisions.yaml'))).toBe(true);
    expect(told.join('\n')).toContain(message);
  });

  it('does not let people approve their own work', async () => {
    change('settings.yaml', 'approvers:\n', 'approvers:\n    - { id: handler-1, name: 张样例 }\n');
    change(
      'decisions.yaml',
      'by: approver-1, verdict: approve, reason: 同意印发',
      'by: handler-1, verdict: approve, reason: 同意印发',
    );
    expect(await errors()).toEqual([expect.stringContaining('不能自己审批')]);
  });

  it('needs no further decisions once the year is cancelled', async () => {
    change(
      'decisions.yaml',
      'by: approver-1, verdict: approve, reason: 同意印发',
      'by: approver-1, verdict: cancel, reason: 停办',
    );
    change('decisions.yaml', /signCircular:[\s\S]*$/, '');
    expect(await errors()).toEqual([]);
  });
});

describe('objections', () => {
  it('tells unknown items and missing files by line', async () => {
    write(
      'objections/S000034040016-1.yaml',
      'items: [B3, X1]\nreason: 理由\nevidence:\n  - { file: 没有.pdf, effectiveOn: 2021-12-01 }\n',
    );
    expect(await errors()).toEqual([
      expect.stringMatching(/^objections\/S000034040016-1\.yaml 1 items .*X1/),
      expect.stringMatching(/^objections\/S000034040016-1\.yaml 4 evidence 找不到/),
    ]);
  });
});

describe('answers to draft results', () => {
  it('are checked like objections, and are a handler’s to reply to', async () => {
    write('answers/S000034040005.yaml', 'items: [X1]\nreason: 理由\n');
    write('answers/S000034040016.yaml', 'items: [A1]\nreason: 理由\n');
    change('decisions.yaml', 'S000034040005\n    by: handler-1', 'S000034040005\n    by: approver-1');
    expect(await errors()).toEqual([
      expect.stringMatching(/^answers\/S000034040005\.yaml 1 items .*X1/),
      expect.stringContaining('answers/S000034040016.yaml 没有处理决定'),
      expect.stringContaining('此事应由经办人办理'),
      expect.stringContaining('申辩没有涉及项目 C2'),
    ]);
  });
});

describe('an empty folder', () => {
  it('tells everything that is missing', async () => {
    rmSync(dir, { recursive: true });
    mkdirSync(dir);
    expect(await errors()).toHaveLength(3);
  });
});

describe('the printed list', () => {
  it('is sorted by severity and place, aligned, and empty without problems', async () => {
    write('platfrom.csv', '');
    change(FORM, '执行批次数,11', '执行批次数,十一');
    const { problems } = await readFolder(dir);
    const lines = printProblems(problems).trimEnd().split('\n');
    expect(lines[0]).toBe('检查结果：错误 1 处，提醒 5 处，说明 1 处');
    expect(lines.slice(2).map((line) => line.slice(0, 2))).toEqual([
      '错误',
      ...Array(5).fill('提醒'),
      '说明',
    ]);
    expect(lines[2]).toContain(`${FORM} D`);
    expect(printProblems([])).toBe('');
  });
});
