/** The sample year, stopped at a gate, with everybody signed in. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiRefusal } from '../../infra/local/drive/client.ts';
import { openYear, pass } from '../../infra/local/drive/run.ts';
import { openStage } from '../../infra/local/drive/stage.ts';
import { type CycleView, readCycle, type Year } from '../../infra/local/drive/year.ts';
import { readFolder } from '../../infra/local/folder/index.ts';
import type { GateName } from '../../shared/domain/gates.ts';

export interface SampleYear extends Year {
  /** Acts as the folder says until the gate waits. */
  to(gate: GateName): Promise<NonNullable<CycleView['gate']>>;
  gate(): Promise<CycleView['gate']>;
  /** A call of the API by somebody: its answer, or the code and message it was refused with. */
  try<T>(who: string, method: 'get' | 'put' | 'post', path: string, body?: unknown): Promise<Answer<T>>;
  done(): Promise<void>;
}

export type Answer<T> = { ok: T } | { refused: string; status: number; message: string };

export async function sampleYear(): Promise<SampleYear> {
  const { folder } = await readFolder('docs/sample/huainan-2021');
  if (!folder) throw new Error('the sample folder has errors');
  const dir = await mkdtemp(join(tmpdir(), 'sample-year-'));
  const stage = await openStage({ first: folder, dir, volatile: true });
  const year = await openYear(stage, folder, () => undefined);
  const gate = async () => {
    await year.runtime.settled();
    return (await readCycle(year)).gate;
  };
  return {
    ...year,
    gate,
    async to(wanted) {
      for (;;) {
        const now = await gate();
        if (!now) throw new Error(`the year ended before ${wanted}`);
        if (now.gate === wanted) return now;
        await pass(year, now);
      }
    },
    async try<T>(who: string, method: 'get' | 'put' | 'post', path: string, body: unknown = {}) {
      const client = await year.actors.as(who);
      try {
        return { ok: await client[method]<T>(path, body) };
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
        return { refused: error.code, status: error.status, message: error.message };
      }
    },
    async done() {
      await year.runtime.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
