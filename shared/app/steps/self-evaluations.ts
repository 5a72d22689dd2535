/** Closing the window of self-evaluations, and comparing what was declared with the platform's figures. */
import { SYSTEM } from '../../domain/history.ts';
import { raiseDossierFlags } from '../flags.ts';
import { expectRecord } from '../gates.ts';
import type { Deps } from '../ports.ts';
import { extendDossier, keys, readCycle } from '../records.ts';
import { expectDone, Refusal } from '../refusal.ts';
import { type BatchInput, type BatchResult, overDossiers } from './batch.ts';

/** Whoever has filed nothing by now is marked 未提交. The store's condition decides a race with a late submission. */
export function closeSelfEvaluations(deps: Deps, input: BatchInput): Promise<BatchResult> {
  return overDossiers(deps, input, 'closeSelfEvaluations', async (dossier) => {
    if (dossier.status !== 'collecting') return;
    const type = dossier.submission ? 'submissionStands' : 'closedUnfiled';
    const closed = await extendDossier(deps, dossier, SYSTEM, { type, data: {} });
    if (closed instanceof Refusal && closed.code !== 'changedMeanwhile') return closed;
    await deps.items.remove({
      pk: keys.waiting(input.year, 'collectSelfEvaluations'),
      sk: dossier.filingNumber,
    });
  });
}

/** Every submission with all that is known by now: flags that were raised at filing may have become more, or fewer. */
export async function compareFigures(deps: Deps, input: BatchInput): Promise<BatchResult> {
  const cycle = expectDone(await readCycle(deps, input.year));
  return overDossiers(deps, input, 'compareFigures', async (dossier) => {
    if (dossier.status !== 'submitted') return;
    await expectRecord(deps, 'reviewAtDesk', dossier);
    return raiseDossierFlags(deps, cycle, dossier);
  });
}
