/** Requests for recusal 回避: by an inspector or by the agency, decided by an approver; granted, somebody else takes over. */
import * as z from 'zod/mini';
import type { Cycle } from '../domain/cycle.ts';
import { type Dossier, mayFollow } from '../domain/dossier.ts';
import { TooFewInspectors } from '../domain/draw.ts';
import type { Actor } from '../domain/history.ts';
import { pendingRecusals } from '../domain/recusal.ts';
import { Words } from '../domain/schemas.ts';
import { readDraw } from './draw-records.ts';
import type { Deps } from './ports.ts';
import { extendDossier, readCycle, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { changeFor, settleRecusals } from './replacements.ts';

export const NewRecusal = z.strictObject({
  /** Whom the agency asks to keep away; inspectors ask for themselves. */
  inspector: z.optional(Words),
  reason: z.string().check(z.minLength(1, '请写明回避的理由'), z.maxLength(5000)),
});
export type NewRecusal = z.infer<typeof NewRecusal>;

export const RecusalDecision = z.strictObject({
  inspector: Words,
  granted: z.boolean(),
  reason: z.string().check(z.minLength(1, '请写明理由'), z.maxLength(5000)),
});
export type RecusalDecision = z.infer<typeof RecusalDecision>;

export const AskedRecusal = z.strictObject({
  filingNumber: z.string(),
  inspector: z.string(),
  reason: z.string(),
});
type AskedRecusal = z.infer<typeof AskedRecusal>;

/** An answer of its own: inspectors may ask where they were not sent, and then see nothing else of that agency. */
export async function requestRecusal(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { inspector, reason }: NewRecusal,
): Promise<AskedRecusal | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const whom = by.role === 'inspector' ? by.id : (inspector ?? '');
  if (!cycle.inspectors.some(({ id }) => id === whom)) return refuse('notFound', { what: '该督导员' });
  if (dossier.recusals.some((request) => request.inspector === whom)) return refuse('recusalKnown');
  // How far an agency is is not told to an inspector who was not sent there.
  const stranger = by.role === 'inspector' && !dossier.visit?.inspectors.includes(by.id);
  if (stranger && !mayFollow('recusalRequested', dossier.status)) return refuse('recusalClosed');
  const data = { inspector: whom };
  const asked = await extendDossier(deps, dossier, by, { type: 'recusalRequested', data, reason });
  return asked instanceof Refusal ? asked : { filingNumber, inspector: whom, reason };
}

/** Decided once. Granted, the inspector's place is empty from this write on, and the next one by lot takes it. */
export async function decideRecusal(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { inspector, granted, reason }: RecusalDecision,
): Promise<Dossier | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const request = pendingRecusals(dossier).find((one) => one.inspector === inspector);
  if (!request) return refuse('recusalNotOpen');
  if (request.by.id === by.id || dossier.visit?.inspectors.includes(by.id)) return refuse('recusalOwn');
  const nobody = granted && (await nobodyTakesOver(deps, cycle, filingNumber, inspector, request.reason));
  if (nobody) return nobody;
  const data = { inspector, granted };
  const decided = await extendDossier(deps, dossier, by, { type: 'recusalDecided', data, reason });
  return decided instanceof Refusal || !granted ? decided : settleRecusals(deps, year, filingNumber);
}

async function nobodyTakesOver(
  deps: Deps,
  cycle: Cycle,
  filingNumber: string,
  inspector: string,
  reason: string,
): Promise<Refusal | undefined> {
  if (cycle.seed === undefined) return undefined;
  try {
    changeFor(cycle, await readDraw(deps, cycle), { inspector, filingNumber, reason });
    return undefined;
  } catch (error) {
    if (error instanceof TooFewInspectors) return refuse('noReplacement', { filingNumber });
    throw error;
  }
}
