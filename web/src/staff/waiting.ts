/** What waits for whoever is signed in, by their role: read from the years, their agencies and the runs after them. */
import { type GateName, gateDefinition } from '../../../shared/domain/gates.ts';
import type { Role } from '../../../shared/domain/history.ts';
import { Problem } from '../session/api.ts';
import {
  type DossierLine,
  type RunView,
  readDossierLines,
  readRun,
  readYears,
  type YearView,
} from './cycle.ts';

/** One thing to do, and where. */
export interface Task {
  key: string;
  kind: string;
  title: string;
  about: string;
  /** Below `/work/`. */
  to: string;
  deadline: string | null;
}

export interface YearAtWork {
  year: YearView;
  /** Only of years under way. */
  lines: DossierLine[];
}

export interface Desk {
  years: YearAtWork[];
  tasks: Task[];
}

/** Everything of staff's start page. */
export async function readDesk(role: Role): Promise<Desk> {
  const years = await Promise.all(
    (await readYears()).map(async (year): Promise<YearAtWork> => {
      return { year, lines: year.status === 'open' ? await readDossierLines(year.year) : [] };
    }),
  );
  const tasks = await Promise.all(
    years.map(({ year, lines }) =>
      year.status === 'published' ? tasksAfter(year.year, role) : tasksIn(year, lines, role),
    ),
  );
  return { years, tasks: tasks.flat() };
}

/** What a year under way asks of a role. */
export function tasksIn(year: YearView, lines: readonly DossierLine[], role: Role): Task[] {
  const { gate } = year;
  const tasks = gateTask(year, role);
  const add = (kind: string, line: DossierLine, about: string, deadline: string | null = null) =>
    tasks.push({
      key: `${kind} ${year.year} ${line.filingNumber}`,
      kind,
      title: line.name,
      about,
      to: `dossiers/${year.year}/${line.filingNumber}`,
      deadline,
    });
  for (const line of lines) {
    if (role === 'handler' && line.setAside) add('数据问题', line, line.setAside.reason);
    if (role === 'handler' && gate?.gate === 'reviewAtDesk' && line.status === 'submitted') {
      add(
        '材料复核',
        line,
        line.untreatedFlags > 0 ? `待处理预警 ${line.untreatedFlags} 条` : '没有待处理的预警',
      );
    }
    if (role !== 'approver') continue;
    if (line.undecidedItems > 0) add('不适用审批', line, `申报不适用 ${line.undecidedItems} 项`);
    if (line.pendingRecusals > 0) add('回避申请', line, `待决定 ${line.pendingRecusals} 件`);
    if (line.openObjections > 0) add('异议处理', line, `待处理 ${line.openObjections} 件`);
  }
  return tasks;
}

function gateTask({ year, gate }: RunView, role: Role): Task[] {
  if (!gate) return [];
  const definition = gateDefinition(gate.gate);
  if (definition.waitsFor !== 'decision' || definition.role !== role) return [];
  const title = gateTitle(year, gate.gate);
  const about = gate.attempt > 1 ? `第 ${gate.attempt} 次办理` : (definition.verdicts.approve ?? '');
  const to = `gates/${year}/${gate.gate}`;
  return [
    { key: `gate ${year} ${gate.gate}`, kind: '审批', title, about, to, deadline: gate.deadline ?? null },
  ];
}

const gateTitle = (year: number, gate: GateName) => `${year} 年度${gateDefinition(gate).title}`;

/** What the rectification and the correction of a published year ask of a role. */
async function tasksAfter(year: number, role: Role): Promise<Task[]> {
  const runs = await Promise.all([
    ifThere(readRun(`/cycles/${year}/rectification`)),
    ifThere(readRun(`/cycles/${year}/correction`)),
  ]);
  return runs.flatMap((run) => (run ? gateTask(run, role) : []));
}

/** Nothing where the API says that there is none. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Problem && (error.code === 'notFound' || error.code === 'notYours'))
      return undefined;
    throw error;
  }
}
