/**
 * What a granted recusal leads to: the change in the draw, on the cycle's chain, so that all changes have one order; then
 * the replacement on the agency's own. Idempotent, so that whoever comes by can finish what a crash left open.
 */
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { type Recusal, TooFewInspectors } from '../domain/draw.ts';
import { type DrawChange, recuse } from '../domain/draw-changes.ts';
import type { DrawRecord } from '../domain/draw-record.ts';
import { SYSTEM } from '../domain/history.ts';
import { grantedRecusals } from '../domain/recusal.ts';
import { readDraw } from './draw-records.ts';
import type { Deps } from './ports.ts';
import { extendCycle, extendDossier, readCycle, readDossier } from './records.ts';
import { Refusal } from './refusal.ts';
import { retried } from './retried.ts';

const sameRecusal = (recusal: Pick<Recusal, 'inspector' | 'filingNumber'>) => (one: typeof recusal) =>
  one.inspector === recusal.inspector && one.filingNumber === recusal.filingNumber;

/** The change that a recusal made or would make now. Throws {@link TooFewInspectors}. */
export function changeFor(
  { drawChanges }: Pick<Cycle, 'drawChanges'>,
  record: DrawRecord,
  recusal: Recusal,
): { change: Extract<DrawChange, { type: 'recused' }>; made: boolean } {
  const past = drawChanges.find((one) => one.type === 'recused' && sameRecusal(recusal)(one));
  if (past?.type === 'recused') return { change: past, made: true };
  return { change: recuse(record, drawChanges, recusal), made: false };
}

/**
 * Brings the draw and an agency's visit up to its granted recusals. Does nothing before the plan is published: until then
 * the draw itself heeds them. A place for which nobody is left stays empty until inspectors are added.
 */
export async function settleRecusals(
  deps: Deps,
  year: number,
  filingNumber: string,
): Promise<Dossier | Refusal> {
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  let current = dossier;
  for (const recusal of grantedRecusals(dossier)) {
    const change = await enterChange(deps, year, recusal);
    if (change instanceof Refusal) return change;
    const empty = current.visit?.vacant.some(({ inspector }) => inspector === recusal.inspector);
    if (!change?.replacedBy || !empty || current.status !== 'visiting') continue;
    const data = { inspector: recusal.inspector, replacedBy: change.replacedBy };
    const replaced = await extendDossier(deps, current, SYSTEM, { type: 'inspectorReplaced', data });
    if (replaced instanceof Refusal) return replaced;
    current = replaced;
  }
  return current;
}

/** Enters a recusal into the draw, unless the draw knew of it or it is there already. */
async function enterChange(deps: Deps, year: number, recusal: Recusal) {
  return retried(async () => {
    const cycle = await readCycle(deps, year);
    if (cycle instanceof Refusal) return cycle;
    if (cycle.seed === undefined) return undefined;
    const record = await readDraw(deps, cycle);
    if (record.recusals.some(sameRecusal(recusal))) return undefined;
    try {
      const { change, made } = changeFor(cycle, record, recusal);
      if (made) return change;
      const entered = await extendCycle(deps, cycle, SYSTEM, { type: 'drawChanged', data: { change } });
      return entered instanceof Refusal ? entered : change;
    } catch (error) {
      if (!(error instanceof TooFewInspectors)) throw error;
      deps.log.error('NO_REPLACEMENT', { year, filingNumber: recusal.filingNumber }, error);
      return undefined;
    }
  });
}
