/** What waits for whoever is signed in, by their role: read from the years, their agencies and the runs after them. */
import * as z from 'zod/mini';
import { type GateName, gateDefinition } from '../../../shared/domain/gates.ts';
import type { Role } from '../../../shared/domain/history.ts';
import { RECTIFICATION_STATUSES } from '../../../shared/domain/rectification.ts';
import { VETO_STAGES } from '../../../shared/domain/veto.ts';
import { api } from '../session/api.ts';
import type { Person } from '../session/person.ts';
import { readComplaints } from './complaints.ts';
import {
  type DossierLine,
  type RunView,
  readAll,
  readDossierLines,
  readRun,
  readYears,
  type YearView,
} from './cycle.ts';
import { type RectificationLine, readRectificationLines } from './rectification.ts';

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

/** Whoever is signed in. */
type Who = Pick<Person, 'id' | 'role'>;

/** Everything of staff's start page. */
export async function readDesk(who: Who): Promise<Desk> {
  const years = await Promise.all(
    (await readYears()).map(async (year): Promise<YearAtWork> => {
      return { year, lines: year.status === 'open' ? await readDossierLines(year.year) : [] };
    }),
  );
  const tasks = await Promise.all(
    years.map(({ year, lines }) =>
      year.status === 'published' ? tasksAfter(year.year, who.role) : tasksIn(year, lines, who),
    ),
  );
  return { years, tasks: [...(await complaintTasks(who.role)), ...tasks.flat()] };
}

/** Complaints that wait for a handler's work or an approver's review. */
async function complaintTasks(role: Role): Promise<Task[]> {
  if (role !== 'handler' && role !== 'approver') return [];
  const { open } = await readComplaints();
  return open
    .filter(({ status }) => (status === 'proposed') === (role === 'approver'))
    .map(({ number, agency, statusTitle, dueBy }) => ({
      key: `complaint ${number}`,
      kind: '投诉',
      title: number,
      about: `${agency}，${statusTitle}`,
      to: `complaints/${number}`,
      deadline: dueBy,
    }));
}

/** What a year under way asks of somebody. */
function tasksIn(year: YearView, lines: readonly DossierLine[], who: Who): Task[] {
  const asks = lines.flatMap((line) =>
    asksOf(line, year, who).map(({ kind, about, deadline = null }) => ({
      key: `${kind} ${year.year} ${line.filingNumber}`,
      kind,
      title: line.name,
      about,
      to: `dossiers/${year.year}/${line.filingNumber}`,
      deadline,
    })),
  );
  return [...gateTask(year, who.role), ...asks];
}

interface Ask {
  kind: string;
  about: string;
  deadline?: string | null;
}

/** What one agency's dossier asks of somebody. */
function asksOf(line: DossierLine, year: YearView, who: Who): Ask[] {
  const cases = asksOfCases(line, who);
  if (who.role === 'handler') return [...asksOfHandler(line, year), ...cases];
  return who.role === 'approver' ? [...asksOfApprover(line), ...cases] : cases;
}

/** Cases for a veto that wait for the role, and in which this person has had no part. */
function asksOfCases({ vetoes }: DossierLine, { id, role }: Who): Ask[] {
  const own = vetoes.filter(({ roles, hands }) => roles.includes(role) && !hands.includes(id));
  const stages = [...new Set(own.map(({ stage }) => stage))];
  if (own.length === 0) return [];
  return [
    { kind: '一票否决', about: `${stages.map((stage) => VETO_STAGES[stage]).join('、')} ${own.length} 件` },
  ];
}

function asksOfHandler({ status, setAside, untreatedFlags, reply }: DossierLine, { gate }: YearView): Ask[] {
  const asks: Ask[] = [];
  if (setAside) asks.push({ kind: '数据问题', about: setAside.reason });
  if (gate?.gate === 'reviewAtDesk' && status === 'submitted') {
    const about = untreatedFlags > 0 ? `待处理预警 ${untreatedFlags} 条` : '没有待处理的预警';
    asks.push({ kind: '材料复核', about });
  }
  if (status === 'answered') {
    asks.push({ kind: '陈述申辩', about: '机构对初评结果有陈述申辩', deadline: reply?.dueBy ?? null });
  }
  return asks;
}

function asksOfApprover({ undecidedItems, pendingRecusals, openObjections, reply }: DossierLine): Ask[] {
  const asks: Ask[] = [];
  if (undecidedItems > 0) asks.push({ kind: '不适用审批', about: `申报不适用 ${undecidedItems} 项` });
  if (pendingRecusals > 0) asks.push({ kind: '回避申请', about: `待决定 ${pendingRecusals} 件` });
  if (openObjections > 0) {
    asks.push({ kind: '异议处理', about: `待处理 ${openObjections} 件`, deadline: reply?.dueBy ?? null });
  }
  return asks;
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
    readRun(`/cycles/${year}/rectification`),
    readRun(`/cycles/${year}/correction`),
  ]);
  const verdicts = role === 'approver' && runs[0]?.gate?.gate === 'decideRectifications';
  const lines = verdicts ? await readRectificationLines(year) : [];
  return [
    ...runs.flatMap((run) => (run ? gateTask(run, role) : [])),
    ...lines.filter(awaitsVerdict).map(({ filingNumber, name, status }) => ({
      key: `verdict ${year} ${filingNumber}`,
      kind: '整改认定',
      title: name,
      about: RECTIFICATION_STATUSES[status],
      to: `rectifications/${year}/${filingNumber}`,
      deadline: null,
    })),
  ];
}

const awaitsVerdict = ({ status }: RectificationLine) => status === 'rechecked' || status === 'overdue';

const Visit = z.looseObject({
  filingNumber: z.string(),
  name: z.string(),
  status: z.string(),
  /** What it asks of this inspector while it is under way. */
  asks: z.nullish(z.enum(['record', 'draft', 'confirm'])),
});

const VISIT_ASKS = { record: '待检查', draft: '待会商', confirm: '待确认会商记录' } as const;

const VisitYear = z.looseObject({
  year: z.int(),
  gate: z.nullish(z.looseObject({ gate: z.string(), deadline: z.nullish(z.string()) })),
});

/** An inspector's visits and re-checks, of all years. */
export async function readVisits(): Promise<Task[]> {
  const years = await api.get('/cycles', z.array(VisitYear));
  const lists = await Promise.all(
    years.map(async ({ year, gate }): Promise<Task[]> => {
      const visits = await readAll(`/cycles/${year}/dossiers`, Visit);
      const rechecks = await recheckTasks(year);
      const own = visits.map(({ filingNumber, name, status: at, asks }) => ({
        key: `visit ${year} ${filingNumber}`,
        kind: at !== 'visiting' ? '已完成' : asks ? VISIT_ASKS[asks] : '已提交记录',
        title: name,
        about: `${year} 年度现场检查`,
        to: `visits/${year}/${filingNumber}`,
        deadline: (gate?.gate === 'inspectOnSite' && gate.deadline) || null,
      }));
      return [...rechecks, ...own];
    }),
  );
  return lists.flat();
}

/** What an inspector was drawn to re-check. */
async function recheckTasks(year: number): Promise<Task[]> {
  const lines = await readRectificationLines(year);
  return lines.map(({ filingNumber, name, status, awaits }) => ({
    key: `recheck ${year} ${filingNumber}`,
    kind: status === 'rechecking' ? (awaits.length > 0 ? '待复查' : '已提交记录') : '已完成',
    title: name,
    about: `${year} 年度整改复查`,
    to: `rechecks/${year}/${filingNumber}`,
    deadline: null,
  }));
}
