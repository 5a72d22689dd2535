import type { RunName } from '../../domain/gates.ts';
import { SYSTEM } from '../../domain/history.ts';
import type { EndAction } from '../../domain/run.ts';
import type { Deps } from '../ports.ts';
import { keys, type NewEntry } from '../records.ts';
import { expectDone } from '../refusal.ts';
import { RUN_RECORDS } from '../runs.ts';
import { abandonVersion } from '../versions.ts';

/** The end of a run that broke off: recorded, and its token forgotten. */
export async function closeRun(
  deps: Deps,
  name: RunName,
  year: number,
  end: { type: 'cancelled' } | { type: 'failed'; error: string },
): Promise<void> {
  const record = RUN_RECORDS[name];
  const run = expectDone(await record.read(deps, year));
  if (run.status === 'open') {
    await abandonVersion(deps, year, record.executionName(run));
    const next: NewEntry<EndAction> =
      end.type === 'cancelled'
        ? { type: 'cancelled', data: {}, reason: run.gate?.decision?.reason ?? '' }
        : { type: 'failed', data: { error: end.error } };
    expectDone(await record.extend(deps, run, SYSTEM, next));
  }
  if (run.gate) await deps.items.remove(keys.token(year, run.gate.gate, run.gate.attempt));
}
