/** Whole years from input folders, through the real paths: every act is a call of the API by the person it belongs to. */
import type { Rubric } from '../../../shared/domain/rubric.ts';
import type { InputFolder } from '../folder/index.ts';
import type { RuntimeOptions } from '../runtime.ts';
import { enlist } from './actors.ts';
import { fileSelfEvaluation } from './agencies.ts';
import { decide, inspect, reviewAtDesk } from './centre.ts';
import { type Output, outputOf } from './output.ts';
import { hearAgencies, receiveObjections } from './replies.ts';
import { openStage, type Stage } from './stage.ts';
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
  | { end: 'published' }
  | { end: 'cancelled'; reason: string }
  | { end: 'unanswered'; message: string }
  | { end: 'failed'; error: string };

export interface RunOptions {
  /** In the order of their years. */
  folders: readonly [InputFolder, ...InputFolder[]];
  /** A folder for the runtime's data. */
  dir: string;
  /** Keeps nothing of it. */
  volatile: boolean;
  report(line: string): void;
  /** Takes what a year has published, before the next one begins. */
  publish?(output: Output): Promise<void>;
  /** What else happens once a year is published, before the next one begins. */
  afterwards?(year: Year): Promise<void>;
  /** Who looks on, and what carries messages out; by default nobody and nothing. */
  around?: Pick<RuntimeOptions, 'observer' | 'notifier'>;
}

/**
 * Runs years one after another in the same runtime, each to its end; the first that does not publish is the last. The
 * same folders give the same bytes: clock and randomness come from them. Tells the passwords of the accounts it made.
 */
export async function runYears(
  options: RunOptions,
): Promise<{ outcome: Outcome; passwords: Stage['passwords'] }> {
  const { folders, dir, volatile, around } = options;
  const stage = await openStage({ first: folders[0], dir, volatile, around });
  try {
    return { outcome: await runAll(stage, options), passwords: stage.passwords };
  } finally {
    await stage.runtime.close();
  }
}

async function runAll(stage: Stage, options: RunOptions): Promise<Outcome> {
  const { folders, report, publish, afterwards } = options;
  try {
    for (const folder of folders) {
      const year = await openYear(stage, folder, report);
      const outcome = await follow(year);
      if (outcome.end !== 'published') return outcome;
      if (publish) await publish(await outputOf(year));
      await afterwards?.(year);
    }
    return { end: 'published' };
  } catch (error) {
    if (error instanceof Unanswered) return { end: 'unanswered', message: error.message };
    throw error;
  }
}

/** The people and the registry of a folder on a stage, on the morning on which the schedule has just fired. */
export async function openYear(
  stage: Stage,
  folder: InputFolder,
  report: (line: string) => void,
): Promise<Year> {
  const { runtime, clock } = stage;
  clock.moveTo(new Date(`${folder.startsOn}T00:00:00Z`));
  await runtime.settled();
  stage.reseed(folder.seed);
  const actors = await enlist(stage, folder);
  const year: Year = { folder, runtime, clock, actors, report: () => undefined };
  year.report = (line) => report(`${today(year)}  ${line}`);
  await prepare(year);
  await moveTo(year, new Date(`${folder.startsOn}T01:00:00Z`));
  year.report(`定时启动：${folder.year}年度评估开始`);
  return year;
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
  const confirmed = { ...file, digest: preview.digest };
  for (let remaining = 1; remaining > 0; ) {
    ({ remaining } = await handler.post<{ remaining: number }>('/agencies/import', confirmed));
  }
  year.report(`导入机构名册：${preview.agencies} 家机构`);
}

async function follow(year: Year): Promise<Outcome> {
  for (;;) {
    await year.runtime.settled();
    const cycle = await readCycle(year);
    if (cycle.status === 'published') {
      year.report('签发公布：通报和归档文件已生成');
      return { end: 'published' };
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
    case 'answerDraftResults':
      return hearAgencies(year, gate.deadline ?? '');
    case 'receiveObjections':
      return receiveObjections(year, gate.deadline ?? '');
    default:
      if (gate.gate === 'prepareNotice' && gate.attempt === 1) await registerInspectors(year);
      return decide(year, gate);
  }
}

export async function registerInspectors(year: Year): Promise<void> {
  const { inspectors, handlers } = year.folder.staff;
  const client = await year.actors.as(handlers[0]?.id ?? '');
  await client.put(`/cycles/${year.folder.year}/inspectors`, inspectors);
  await pause(year);
}

async function collect(year: Year, deadline: string): Promise<void> {
  const { folder } = year;
  const handler = await year.actors.as(folder.staff.handlers[0]?.id ?? '');
  if (folder.platformFile && folder.platform.length > 0) {
    const { fileName, bytes } = folder.platformFile;
    const path = `/cycles/${folder.year}/platform-figures`;
    const file = { fileName, content: Buffer.from(bytes).toString('base64') };
    const { digest } = await handler.post<{ digest: string }>(`${path}/import-preview`, file);
    await handler.post(`${path}/import`, { ...file, digest });
  }
  for (const [filingNumber, form] of folder.selfEvaluations)
    await fileSelfEvaluation(year, filingNumber, form);
  const { gate } = await readCycle(year);
  if (gate?.gate !== 'collectSelfEvaluations') return;
  await waitForSweep(year, deadline);
  year.report('自评截止：未提交的机构已登记');
}
