/** A whole year from an input folder, through the real paths: every act is a call of the API by the person it belongs to. */
import type { Rubric } from '../../../shared/domain/rubric.ts';
import { movableClock } from '../clock.ts';
import type { InputFolder } from '../folder/index.ts';
import { openRuntime } from '../runtime.ts';
import { enlist } from './actors.ts';
import { fileSelfEvaluation } from './agencies.ts';
import { decide, inspect, receiveObjections, reviewAtDesk } from './centre.ts';
import { collectOutput, type Output } from './output.ts';
import { seededRandom } from './seeded.ts';
import {
  type CycleView,
  moveTo,
  pause,
  readCycle,
  today,
  Unanswered,
  waitForSweep,
  type Year,
} from './year.ts';

export type Outcome =
  | { end: 'published'; output: Output }
  | { end: 'cancelled'; reason: string }
  | { end: 'unanswered'; message: string }
  | { end: 'failed'; error: string };

export interface RunOptions {
  folder: InputFolder;
  /** A folder for the runtime's data; nothing of it is needed afterwards. */
  dir: string;
  report(line: string): void;
}

/** Runs the year to its end. The same folder gives the same bytes: clock and randomness come from it. */
export async function runYear(options: RunOptions): Promise<Outcome> {
  const year = await openYear({ ...options, volatile: true });
  try {
    return await follow(year);
  } catch (error) {
    if (error instanceof Unanswered) return { end: 'unanswered', message: error.message };
    throw error;
  } finally {
    await year.runtime.close();
  }
}

/** The runtime, the people and the registry of a folder, on the morning on which the schedule has just fired. */
export async function openYear({
  folder,
  dir,
  report,
  volatile,
}: RunOptions & { volatile: boolean }): Promise<Year> {
  const [, month, day] = folder.startsOn.split('-').map(Number);
  const clock = movableClock(new Date(`${folder.startsOn}T00:00:00Z`));
  const { random, randomBytes } = seededRandom(folder.seed);
  const yearlyStart = `cron(0 9 ${day} ${month} ? *)`;
  const runtime = await openRuntime({ dir, clock, random, randomBytes, yearlyStart, port: 0, volatile });
  try {
    const actors = await enlist(runtime, folder);
    const year: Year = { folder, runtime, clock, actors, report: () => undefined };
    year.report = (line) => report(`${today(year)}  ${line}`);
    await prepare(year);
    await moveTo(year, new Date(`${folder.startsOn}T01:00:00Z`));
    year.report(`定时启动：${folder.year}年度评估开始`);
    return year;
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

/** Before the schedule fires: the centre's settings and its registry. */
async function prepare(year: Year): Promise<void> {
  const { folder } = year;
  const handler = await year.actors.as(folder.staff.handlers[0]?.id ?? '');
  const profile: { settings: unknown; rubric: Rubric } = { settings: folder.settings, rubric: folder.rubric };
  await handler.put('/profile', profile);
  const content = Buffer.from(folder.registry.bytes).toString('base64');
  const file = { fileName: folder.registry.fileName, content };
  const preview = await handler.post<{ digest: string; agencies: number }>('/agencies/import-preview', file);
  await handler.post('/agencies/import', { ...file, digest: preview.digest });
  year.report(`导入机构名册：${preview.agencies} 家机构`);
}

async function follow(year: Year): Promise<Outcome> {
  for (;;) {
    await year.runtime.settled();
    const cycle = await readCycle(year);
    if (cycle.status === 'published') {
      year.report('签发公布：通报和归档文件已生成');
      return { end: 'published', output: await collectOutput(year) };
    }
    if (cycle.status !== 'open' || !cycle.gate) return ended(cycle);
    await pass(year, cycle.gate);
  }
}

function ended({ status, history }: CycleView): Outcome {
  const last = history.at(-1);
  if (status === 'cancelled') return { end: 'cancelled', reason: last?.reason ?? '' };
  return { end: 'failed', error: last?.data.error ?? '流程停止，没有等待办理的事项' };
}

/** Does what the folder says at one gate. */
export async function pass(year: Year, gate: NonNullable<CycleView['gate']>): Promise<void> {
  switch (gate.gate) {
    case 'collectSelfEvaluations':
      return collect(year, gate.deadline ?? '');
    case 'reviewAtDesk':
      return reviewAtDesk(year);
    case 'inspectOnSite':
      return inspect(year);
    case 'receiveObjections':
      return receiveObjections(year, gate.deadline ?? '');
    default:
      if (gate.gate === 'prepareNotice' && gate.attempt === 1) await registerInspectors(year);
      return decide(year, gate);
  }
}

async function registerInspectors(year: Year): Promise<void> {
  const { inspectors, handlers } = year.folder.staff;
  const client = await year.actors.as(handlers[0]?.id ?? '');
  await client.put(`/cycles/${year.folder.year}/inspectors`, inspectors);
  await pause(year);
}

async function collect(year: Year, deadline: string): Promise<void> {
  const { folder } = year;
  const handler = await year.actors.as(folder.staff.handlers[0]?.id ?? '');
  if (folder.platform.length > 0) {
    await handler.put(`/cycles/${folder.year}/platform-figures`, folder.platform);
  }
  for (const [filingNumber, form] of folder.selfEvaluations)
    await fileSelfEvaluation(year, filingNumber, form);
  const { gate } = await readCycle(year);
  if (gate?.gate !== 'collectSelfEvaluations') return;
  await waitForSweep(year, deadline);
  year.report('自评截止：未提交的机构已登记');
}
