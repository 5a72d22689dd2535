/** The runs: each gate decided once and while it waited, each waiting execution by a token that is on record, each mark in place. */
import { GATES, type GateName, RUN_NAMES, type RunName, runOf } from '../../domain/gates.ts';
import type { Entry } from '../../domain/history.ts';
import { type GateAction, type Run, waitingGate } from '../../domain/run.ts';
import { openCases } from '../../domain/veto.ts';
import type { Check, Finding } from '../archive/check.ts';
import { HOLDING, StoredToken } from '../gates.ts';
import { genesisOf, keys } from '../records.ts';
import { RUN_RECORDS } from '../runs.ts';
import { markedCases } from '../veto-marks.ts';
import { CHAINS, statesOf } from './families.ts';
import type { StoredData, StoredItem } from './stored-data.ts';

const RUN_TITLES: Record<RunName, string> = {
  'annual-assessment': '年度评估',
  rectification: '整改',
  correction: '更正',
};

interface NamedRun {
  name: RunName;
  run: Run;
  place: string;
}

export function checkRuns(data: StoredData): Check[] {
  const { items, executions } = data;
  const states: Record<RunName, Run[]> = {
    'annual-assessment': statesOf(items, CHAINS.cycle),
    rectification: statesOf(items, CHAINS.rectificationRun),
    correction: statesOf(items, CHAINS.correction),
  };
  const runs = RUN_NAMES.flatMap((name) =>
    states[name].map((run): NamedRun => ({ name, run, place: `${run.year} 年度${RUN_TITLES[name]}` })),
  );
  return [
    { title: '环节办理一次', scope: `${runs.length} 个流程`, findings: runs.flatMap(gateFindings) },
    {
      title: '流程与记录一致',
      scope: `${executions.length} 次执行`,
      findings: [...runs.flatMap((run) => executionFindings(data, run)), ...strayFindings(data, runs)],
    },
    {
      title: '等待标记',
      scope: `${runs.length} 个流程`,
      findings: runs.flatMap((run) => [...markFindings(items, run), ...unmarkedCases(items, run)]),
    },
  ];
}

const isGateAction = (action: Entry | GateAction): action is GateAction =>
  action.type === 'gateOpened' || action.type === 'gateDecided' || action.type === 'deadlineMoved';

/** One gate at a time, its visits counted without a gap, each decided at most once and while it was the one that waited. */
function gateFindings({ run, place }: NamedRun): Finding[] {
  const visits = new Map<GateName, number>();
  let waiting: string | undefined;
  const problemOf = ({ type, data: { gate, attempt } }: GateAction): string | undefined => {
    const before = waiting;
    const visit = `${gate}#${attempt}`;
    if (type !== 'gateOpened') {
      if (type === 'gateDecided') waiting = undefined;
      return before === visit ? undefined : '环节没有在等待，却有了决定或改期';
    }
    waiting = visit;
    const next = (visits.get(gate) ?? 0) + 1;
    visits.set(gate, attempt);
    if (before !== undefined) return '上一环节尚未办结就进入了这一环节';
    return attempt === next ? undefined : '环节的次数不连续';
  };
  const findings: Finding[] = [];
  for (const action of run.history) {
    // A run that broke off may go on, or be started again, in the same record.
    if (action.type === 'failed' || action.type === 'opened') waiting = undefined;
    const problem = isGateAction(action) ? problemOf(action) : undefined;
    if (problem && isGateAction(action)) {
      const { gate, attempt } = action.data;
      findings.push({
        place: `${place}，第 ${action.seq} 条（${GATES[gate].title}，第 ${attempt} 次）`,
        problem,
      });
    }
  }
  return findings;
}

const tokenAt = (items: readonly StoredItem[], year: number, gate: GateName, attempt: number) => {
  const key = genesisOf(keys.token(year, gate, attempt));
  const found = items.find((item) => genesisOf(item) === key);
  return found && StoredToken.safeParse(found.value).data?.token;
};

/** A record that waits has a live execution, whose token is on record; a record that has ended has none that waits. */
function executionFindings({ items, executions }: StoredData, { name, run, place }: NamedRun): Finding[] {
  const named = RUN_RECORDS[name].executionName(run);
  const execution = executions.find((one) => one.machine === name && one.name === named);
  const live = execution?.status === 'RUNNING';
  if (run.status !== 'open' && run.status !== 'frozen') {
    const waits = live && execution.waitsFor !== undefined;
    return waits ? [{ place, problem: `已经结束，流程 ${named} 却仍在等待` }] : [];
  }
  // Not started yet: the sweep starts it.
  if (!execution && !run.gate) return [];
  if (!live)
    return [{ place, problem: `没有结束，流程 ${named} 却已停止`, recorded: execution?.status ?? '没有' }];
  if (execution.waitsFor === undefined) return [];
  const { gate } = run;
  const token = gate && tokenAt(items, run.year, gate.gate, gate.attempt);
  if (token === execution.waitsFor) return [];
  const at = gate ? `（${GATES[gate.gate].title}，第 ${gate.attempt} 次）` : '';
  return [{ place: `${place}${at}`, problem: `流程 ${named} 等待的凭证没有保存，办理后无法继续` }];
}

/** Executions that no record knows of, and tokens of runs that have ended. */
function strayFindings({ items, executions }: StoredData, runs: readonly NamedRun[]): Finding[] {
  const known = new Set(runs.map(({ name, run }) => `${name}/${RUN_RECORDS[name].executionName(run)}`));
  const running = executions.filter(({ status }) => status === 'RUNNING');
  const stray = running
    .filter(({ machine, name }) => !known.has(`${machine}/${name}`))
    .map(({ name }) => ({ place: `流程 ${name}`, problem: '没有对应的记录' }));
  const tokens = items.filter(({ pk }) => /^CYCLE#\d+#TOKEN$/.test(pk));
  const unheld = tokens.filter(({ pk, sk }) => {
    const [gate = '', attempt] = sk.split('#');
    const name = gate in GATES ? runOf(gate as GateName) : undefined;
    const holder = runs.find((one) => one.name === name && keys.tokens(one.run.year) === pk);
    const visits = holder?.run.openings[gate as GateName] ?? 0;
    return !holder || Number(attempt) > visits + 1;
  });
  return [
    ...stray,
    ...unheld.map(({ pk, sk }) => ({ place: `记录 ${pk}/${sk}`, problem: '凭证不属于任何环节' })),
  ];
}

/** An open case against an agency is marked while the year is under way: without its mark the gates would not wait for it. */
function unmarkedCases(items: readonly StoredItem[], { name, run, place }: NamedRun): Finding[] {
  if (name !== 'annual-assessment' || (run.status !== 'open' && run.status !== 'frozen')) return [];
  const marked = new Set(items.filter(({ pk }) => pk === markedCases(run.year)).map(({ sk }) => sk));
  return statesOf(items, CHAINS.dossier)
    .filter((one) => one.year === run.year && openCases(one).length > 0 && !marked.has(one.filingNumber))
    .map(({ filingNumber }) => ({
      place: `${place}，${filingNumber}`,
      problem: '一票否决案没有办结，却没有等待标记',
    }));
}

/** Whatever keeps a gate closed is marked: without its mark the gate would open too early. */
function markFindings(items: readonly StoredItem[], { name, run, place }: NamedRun): Finding[] {
  const open = waitingGate(run);
  const holding = open && HOLDING[open.gate];
  if (!open || !holding || runOf(open.gate) !== name) return [];
  const closing =
    holding.of === 'dossier' ? [...holding.statuses, ...(holding.untilDeadline ?? [])] : holding.statuses;
  const marked = new Set(
    items.filter(({ pk }) => pk === keys.waiting(run.year, open.gate)).map(({ sk }) => sk),
  );
  const records: { year: number; filingNumber: string; status: string }[] =
    holding.of === 'dossier' ? statesOf(items, CHAINS.dossier) : statesOf(items, CHAINS.rectification);
  return records
    .filter(({ year, status }) => year === run.year && closing.some((one) => one === status))
    .filter(({ filingNumber }) => !marked.has(filingNumber))
    .map(({ filingNumber }) => ({
      place: `${place}，${filingNumber}`,
      problem: `“${GATES[open.gate].title}”还在等待该机构，却没有等待标记`,
    }));
}
