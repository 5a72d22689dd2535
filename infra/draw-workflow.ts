/**
 * `npm run docs`: draws the pictures and the tables of `docs/workflow.md` from the state machines' files, so that none of
 * them can say anything else than what runs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GATES, type GateName, RUN_NAMES, type RunName } from '../shared/domain/gates.ts';
import { ROLES } from '../shared/domain/history.ts';
import { type Audience, GATE_TOLD } from '../shared/domain/told.ts';
import { definitionFile } from './definition.ts';
import { replaceMarked } from './marked-page.ts';

interface State {
  Type: string;
  Comment?: string;
  Next?: string;
  Default?: string;
  Choices?: { Condition: string; Next: string }[];
  Arguments?: { Payload: { gate?: GateName; cursor?: string } };
}

/** A step or a gate as a reader sees it: its choice state is folded into it. */
interface Step {
  name: string;
  title: string;
  comment: string;
  gate: GateName | undefined;
  isBatch: boolean;
  next: string;
  /** Where a return leads. */
  back: string | undefined;
}

/** What a picture says above and at its end, and its file in `docs/`. */
const RUNS: Record<RunName, { title: string; end: string; picture: string }> = {
  'annual-assessment': { title: '年度评估流程', end: '已公布', picture: 'workflow.svg' },
  rectification: { title: '整改流程', end: '已归档', picture: 'rectification.svg' },
  correction: { title: '更正流程', end: '已公布', picture: 'correction.svg' },
};

/** Chinese titles of the steps that are not gates; gates have theirs in the domain. */
const TITLES: Record<string, string> = {
  'Admit the agencies': '核定参评机构',
  'Draft the notice': '起草通知、封存抽签种子',
  'Publish the notice': '发布通知',
  'Close the self-evaluations': '登记未提交机构',
  'Compare declared figures': '比对平台数据、提示异常',
  'Draw the spot check': '双随机抽签',
  'Publish the plan': '公布方案、公开种子',
  'Assign the visits': '派发检查任务',
  'Close the visits': '汇总检查记录',
  'Score the agencies': '计分',
  'Send back for inspection': '退回重新检查',
  'Send the draft results': '反馈初评结果',
  'Close the draft results': '登记逾期未答复机构',
  'Announce the stars': '公示拟定星级',
  'Revise the announcement': '结果有变化的更新公示',
  'Draft the circular': '起草通报、核算数据',
  'Write the score sheets': '生成评分表和整改通知书',
  'Publish the stars': '登记星级',
  'Publish the results': '公布通报、归档',
  'Start the rectification': '启动不合格机构整改',
  'Issue the notices': '发出整改通知书',
  'Close the corrections': '登记逾期未整改机构',
  'Draw the re-checks': '抽签确定复查人员',
  'Call for verdicts': '提请认定整改结果',
  'Count the second failures': '汇总整改不合格机构',
  'Record the recommendations': '登记处理建议',
  'Archive the rectification': '归档',
  'Publish the correction': '重新计分、公布新版本',
};

function readSteps(run: RunName): Step[] {
  const states: Record<string, State> = JSON.parse(readFileSync(definitionFile(run), 'utf8')).States;
  const steps: Step[] = [];
  for (const [name, state] of Object.entries(states)) {
    const { gate, cursor } = state.Arguments?.Payload ?? {};
    const title = gate ? GATES[gate].title : TITLES[name];
    if (state.Type !== 'Task' || !title) continue;
    const choice = states[state.Next ?? ''];
    const returned = choice?.Choices?.find(({ Condition }) => Condition.includes("'return'"));
    steps.push({
      name,
      title,
      comment: state.Comment ?? '',
      gate,
      isBatch: cursor !== undefined,
      next: choice?.Type === 'Choice' ? (choice.Default ?? '') : (state.Next ?? ''),
      back: returned?.Next,
    });
  }
  return steps;
}

const ROW = 46;
const WIDTH = 760;
const BOX = { x: 190, width: 300, height: 32 };
const STYLE = `
  svg { font: 15px 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }
  .paper { fill: #ffffff; }
  .step { fill: #eef2f7; stroke: #8a99ad; }
  .gate { fill: #fff3d6; stroke: #c48a00; }
  .end { fill: #e2f3e5; stroke: #2e8540; }
  text { fill: #1b2430; }
  .small { font-size: 12px; fill: #5b6878; }
  .way { fill: none; stroke: #5b6878; }
  .back { fill: none; stroke: #b3541e; stroke-dasharray: 5 4; }
  .tip { fill: #5b6878; }
  .backtip { fill: #b3541e; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; }
    .step { fill: #1c2530; stroke: #56657a; }
    .gate { fill: #3d3213; stroke: #d9a520; }
    .end { fill: #16351d; stroke: #4caf6d; }
    text { fill: #dbe4ee; }
    .small { fill: #9aa8b8; }
    .way { stroke: #8896a6; }
    .back { stroke: #e0874a; }
    .tip { fill: #8896a6; }
    .backtip { fill: #e0874a; }
  }
`;

export function workflowSvg(run: RunName): string {
  const { title, end } = RUNS[run];
  const steps = readSteps(run);
  const main = steps.filter(({ name }) => name !== 'Send back for inspection');
  const y = (index: number) => 64 + index * ROW;
  const at = new Map(main.map(({ name }, index) => [name, index]));
  const middle = BOX.x + BOX.width / 2;
  const parts = main.map((step, index) => box(step, y(index)));
  const arrows = main.map((_step, index) => arrow(middle, y(index) + BOX.height, y(index + 1)));
  const backs = main.flatMap(({ back }, index) => {
    if (!back) return [];
    const viaStep = steps.find(({ name }) => name === back && !at.has(name));
    const target = at.get(viaStep?.next ?? back);
    return target === undefined ? [] : [backArrow(y(index), y(target), viaStep?.title ?? '退回')];
  });
  const last = y(main.length);
  const ends = `
  <rect class="end" x="${BOX.x}" y="${last}" width="${BOX.width}" height="${BOX.height}" rx="16"/>
  <text x="${middle}" y="${last + 21}" text-anchor="middle">${end}</text>
  <text class="small" x="${BOX.x}" y="${last + 60}">任一黄色步骤可由负责人或主任写明理由取消，流程以“已取消”结束；</text>
  <text class="small" x="${BOX.x}" y="${last + 80}">步骤反复重试仍失败时登记原因，以“处理失败”结束。</text>`;
  const height = last + 100;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">
<style>${STYLE}</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
<text x="24" y="36" font-size="18">${title}</text>
<text class="small" x="${BOX.x}" y="36">黄色：等待人员办理　灰色：自动处理（↻ 按批循环）　虚线：退回</text>
${[...arrows, ...backs, ...parts].join('\n')}${ends}
</svg>
`;
}

function box({ title, gate, isBatch }: Step, y: number): string {
  const middle = BOX.x + BOX.width / 2;
  const note = gate ? whoOpens(gate) : '';
  return `<rect class="${gate ? 'gate' : 'step'}" x="${BOX.x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="${gate ? 4 : 12}"/>
<text x="${middle}" y="${y + 21}" text-anchor="middle">${title}${isBatch ? ' ↻' : ''}</text>
${note && `<text class="small" x="${BOX.x - 12}" y="${y + 21}" text-anchor="end">${note}</text>`}`;
}

/** Who opens a gate, in a few words. */
function whoOpens(gate: GateName): string {
  const definition = GATES[gate];
  if (definition.waitsFor === 'decision') return `${ROLES[definition.role]}决定`;
  return {
    either: '全部提交或到期',
    both: '到期且全部办结',
    records: '全部办结',
    replies: '全部答复或到期，且申辩办结',
  }[definition.opens];
}

const arrow = (x: number, from: number, to: number) =>
  `<path class="way" d="M${x} ${from}V${to - 6}"/><path class="tip" d="M${x - 4} ${to - 7}h8l-4 7z"/>`;

function backArrow(from: number, to: number, label: string): string {
  const x = BOX.x + BOX.width;
  const out = x + 40;
  return `<path class="back" d="M${x} ${from + 22}H${out}V${to + 12}H${x + 8}"/><path class="backtip" d="M${x + 8} ${to + 8}v8l-8 -4z"/>
<text class="small" x="${out + 8}" y="${(from + to) / 2 + 20}">${label}</text>`;
}

/** The page with its tables of states brought up to date. */
export function withStateTables(page: string): string {
  return RUN_NAMES.reduce((text, run) => replaceMarked(text, `states of ${run}`, stateTable(run)), page);
}

function stateTable(run: RunName): string {
  const rows = readSteps(run).map(({ name, title, comment, gate, isBatch, back }) => {
    const kind = gate ? whoOpens(gate) : isBatch ? '自动，按批' : '自动';
    const told = gate ? whoIsTold(gate) : '';
    return `| ${name} | ${title} | ${kind} | ${told} | ${back ? `return → ${back}` : ''} | ${comment} |`;
  });
  const head = ['| state | 步骤 | 办理 | 通知 | return | what it does |', '|---|---|---|---|---|---|'];
  return [...head, ...rows].join('\n');
}

const AUDIENCES: Record<Audience, string> = {
  ...ROLES,
  agencies: '评价机构',
  everyAgency: '全部参评机构',
  inspectors: '督导员',
};

/** Who is told when a gate opens, who is reminded of its deadline, and who hears when nobody acts. */
function whoIsTold(gate: GateName): string {
  const { opened, due, staff } = GATE_TOLD[gate];
  const names = (tellings: typeof opened) => tellings.map(([audience]) => AUDIENCES[audience]).join('、');
  const reminded = due.length > 0 ? `；到期前提醒${names(due)}` : '';
  return `${names(opened)}${reminded}${staff ? '；未办理时催办并上报' : ''}`;
}

export const pictureOf = (run: RunName) =>
  fileURLToPath(new URL(`../docs/${RUNS[run].picture}`, import.meta.url));
export const PAGE = fileURLToPath(new URL('../docs/workflow.md', import.meta.url));

if (import.meta.main) {
  for (const run of RUN_NAMES) writeFileSync(pictureOf(run), workflowSvg(run));
  writeFileSync(PAGE, withStateTables(readFileSync(PAGE, 'utf8')));
}
