/** The circular's text while a handler prepares it: edits and explanations are signed entries of the cycle's chain. */
import * as z from 'zod/mini';
import { FilingNumber } from '../domain/agency.ts';
import type { Cycle } from '../domain/cycle.ts';
import { GATES } from '../domain/gates.ts';
import type { Actor } from '../domain/history.ts';
import { type Contradiction, contradictionsIn } from '../domain/narrative/contradictions.ts';
import { EditedText } from '../domain/narrative/figures.ts';
import { waitingGate } from '../domain/run.ts';
import type { Deps } from './ports.ts';
import { extendCycle, type NewCycleAction, readCycle } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { figuresOf, namedAgencies, readDossiers } from './results.ts';
import { isSaidAgain } from './said-again.ts';

export const CircularEdit = z.strictObject({
  text: z._default(EditedText, {}),
  /** Filing numbers in the order wanted; it counts inside each group of the annex. */
  annexOrder: z.optional(z.array(FilingNumber).check(z.maxLength(2000))),
});
export type CircularEdit = z.infer<typeof CircularEdit>;

export const Explanation = z.strictObject({
  sentence: z.string().check(z.minLength(1), z.maxLength(3000)),
  found: z.string().check(z.minLength(1), z.maxLength(50)),
  reason: z.string().check(z.trim(), z.minLength(1, '请写明理由'), z.maxLength(1000)),
});
export type Explanation = z.infer<typeof Explanation>;

/** A number that contradicts the data, with the reason for which a handler lets it stand. */
export interface StandingContradiction extends Contradiction {
  explained: { reason: string; by: string } | null;
}

export function contradictionsOf({ circular }: Cycle): StandingContradiction[] {
  if (!circular) return [];
  return contradictionsIn(circular.text, circular.figures).map((found) => {
    const said = circular.explained.findLast((one) => isSame(one, found));
    return { ...found, explained: said ? { reason: said.reason, by: said.by } : null };
  });
}

const isSame = (a: Pick<Contradiction, 'sentence' | 'found'>, b: Pick<Contradiction, 'sentence' | 'found'>) =>
  a.sentence === b.sentence && a.found === b.found;

/** Everything that whoever prepares or signs the circular looks at. */
export async function viewCircular(deps: Deps, year: number) {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const { circular, settings } = cycle;
  if (!circular) return refuse('notFound', { what: '通报文稿' });
  const { scored } = figuresOf(cycle, await readDossiers(deps, year));
  return {
    year,
    text: circular.text,
    drafted: circular.drafted,
    figures: circular.figures,
    contradictions: contradictionsOf(cycle),
    annex: namedAgencies(scored, settings, circular.annexOrder),
  };
}

/** Changes parts of the text, the annex's order, or both. Refused once the circular has gone to the signature. */
export async function editCircular(deps: Deps, year: number, by: Actor, edit: CircularEdit) {
  return whilePreparing(deps, year, by, async (cycle) => {
    if (textBytes(cycle) > MOST_TEXT_BYTES) return refuse('manuscriptFull');
    const { text, annexOrder } = edit;
    if (annexOrder) {
      const strange = await strangeInAnnex(deps, cycle, annexOrder);
      if (strange) return strange;
    }
    return { type: 'circularEdited', data: { text, ...(annexOrder && { annexOrder }) } };
  });
}

/** Lets a number stand that contradicts the data, with the reason. */
export function explainContradiction(deps: Deps, year: number, by: Actor, explanation: Explanation) {
  const { sentence, found, reason } = explanation;
  return whilePreparing(deps, year, by, async (cycle) =>
    contradictionsOf(cycle).some((one) => isSame(one, explanation))
      ? { type: 'contradictionExplained', data: { sentence, found }, reason }
      : refuse('noContradiction'),
  );
}

async function whilePreparing(
  deps: Deps,
  year: number,
  by: Actor,
  act: (cycle: Cycle) => Promise<NewCycleAction | Refusal>,
) {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.status === 'frozen') return refuse('cycleFrozen');
  const open = waitingGate(cycle);
  if (open?.gate !== 'prepareCircular') return refuse('gateNotOpen', { gate: GATES.prepareCircular.title });
  const next = await act(cycle);
  if (next instanceof Refusal) return next;
  const waiting = { attribute: 'gate', in: [`prepareCircular#${open.attempt}`] };
  const extended = isSaidAgain(cycle.history, by, next)
    ? cycle
    : await extendCycle(deps, cycle, by, next, [waiting]);
  return extended instanceof Refusal ? extended : viewCircular(deps, year);
}

async function strangeInAnnex(
  deps: Deps,
  cycle: Cycle,
  order: readonly string[],
): Promise<Refusal | undefined> {
  const { scored } = figuresOf(cycle, await readDossiers(deps, cycle.year));
  const named = new Set(namedAgencies(scored, cycle.settings).map(({ filingNumber }) => filingNumber));
  const strange = order.find(
    (filingNumber, index) => !named.has(filingNumber) || order.indexOf(filingNumber) !== index,
  );
  return strange === undefined
    ? undefined
    : refuse('invalidRequest', { detail: `${strange} 不在附件名单中或重复出现` });
}

/** A record holds 400 KB at most, and every edit stays in it: so much of it may be texts of circulars. */
const MOST_TEXT_BYTES = 180_000;

function textBytes({ history }: Cycle): number {
  const edits = history.filter(({ type }) => type === 'circularEdited');
  return edits.reduce((sum, { data }) => sum + new TextEncoder().encode(JSON.stringify(data)).length, 0);
}
