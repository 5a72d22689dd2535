/**
 * Freezing a year, restoring it, letting it go on. The year's own record comes first when it stops and last when it goes on;
 * between the two every dossier follows one by one, and whatever a crash leaves undone the sweep does.
 */
import * as z from 'zod/mini';
import { chinaDate, Instant, printedDate } from '../domain/calendar.ts';
import type { Cycle, CycleAction } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { changedSince, headsAt, lengthAt } from '../domain/freeze.ts';
import type { GateName } from '../domain/gates.ts';
import { type Actor, digestOf, SYSTEM } from '../domain/history.ts';
import { waitingGate } from '../domain/run.ts';
import { deadlineAfter } from '../domain/working-days.ts';
import { completeIfClear, expectRecord, holdsClosed, markSetAside } from './gates.ts';
import { withHolidays } from './holidays.ts';
import { inChunks } from './in-chunks.ts';
import type { Deps } from './ports.ts';
import { allOf, dossierKind, extendCycle, extendDossier, keys, readCycle, readDossier } from './records.ts';
import { expectDone, Refusal, refuse, UnexpectedRefusal } from './refusal.ts';
import { retried } from './retried.ts';
import { tellNow, tellOfFreeze } from './telling.ts';
import { markCases } from './veto-marks.ts';

const Reason = z.string().check(z.trim(), z.minLength(1, '请写明理由'), z.maxLength(5000));
export const FreezeOrder = z.strictObject({ reason: Reason });
export const Restoration = z.strictObject({
  /** The moment whose records hold again: since the gate opened, and past. */
  to: Instant,
  reason: Reason,
});
export type Restoration = z.infer<typeof Restoration>;

type Order<I> = (deps: Deps, year: number, by: Actor, order: I) => Promise<Cycle | Refusal>;

/** What a dossier or the year answers when somebody else's order came before. */
const OVERTAKEN: readonly string[] = ['changedMeanwhile', 'cycleFrozen', 'notFrozen'];

/** Every order takes up what another one has done so far: two at once are carried out one after the other, or one is refused. */
function whole<I>(carryOutOrder: Order<I>): Order<I> {
  return (deps, year, by, order) =>
    retried(async () => {
      try {
        return await carryOutOrder(deps, year, by, order);
      } catch (error) {
        if (!(error instanceof UnexpectedRefusal) || !OVERTAKEN.includes(error.refusal.code)) throw error;
        return refuse('changedMeanwhile');
      }
    });
}

/** Lets the year stand still at the gate where it waits. Refused while a step is at work: nothing would stop it half-way. */
export const freezeCycle = whole(async (deps, year, by, reason: string) => {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.status === 'frozen') return refuse('cycleFrozen');
  const open = waitingGate(cycle);
  if (!open) return refuse('nothingWaiting');
  const { gate, attempt } = open;
  const frozen = await extendCycle(deps, cycle, by, { type: 'frozen', data: { gate, attempt }, reason });
  if (frozen instanceof Refusal) return frozen;
  return holdStill(deps, frozen);
});

/**
 * What a frozen year still lacks, done once each: every dossier stands still, the checkpoint of all is taken, and what the
 * last restoration ordered is carried out. Called after each order, and by the sweep.
 */
export async function holdStill(deps: Deps, cycle: Cycle): Promise<Cycle> {
  const order = frozenBy(cycle);
  const { by, reason } = order;
  await inChunks(await readable(deps, cycle.year), (dossier) => stop(deps, dossier, by, reason));
  const held = await takeCheckpoint(deps, cycle, order.at);
  const restoration = sinceFrozen(held).findLast((action) => action.type === 'restored');
  if (restoration?.type === 'restored') await carryOut(deps, held, restoration);
  await tellNow(deps, held, tellOfFreeze);
  return held;
}

/** Broken records take no entry and keep nobody else from standing still. */
async function readable(deps: Deps, year: number): Promise<Dossier[]> {
  const dossiers: Dossier[] = [];
  for await (const dossier of allOf(deps, dossierKind, keys.dossiers(year))) dossiers.push(dossier);
  return dossiers;
}

/** What was written while the order came down is before it in the dossier's chain, and belongs to the checkpoint. */
async function stop(deps: Deps, dossier: Dossier, by: Actor, reason: string | undefined): Promise<void> {
  let current = dossier;
  for (let tries = 0; !current.frozen && current.status !== 'published'; tries++) {
    const stopped = await extendDossier(deps, current, by, { type: 'frozen', data: {}, reason });
    if (!(stopped instanceof Refusal)) return;
    if (tries > 5) expectDone(stopped);
    current = expectDone(await readDossier(deps, current.year, current.filingNumber));
  }
}

/** The order that stopped a frozen year. */
function frozenBy(cycle: Cycle): CycleAction {
  const [order] = sinceFrozen(cycle);
  if (!order) throw new TypeError(`${cycle.year} is not frozen`);
  return order;
}

/** The entries of the year's record from its last freeze on. */
function sinceFrozen({ history }: Cycle): CycleAction[] {
  const from = history.findLastIndex(({ type }) => type === 'frozen');
  return from === -1 ? [] : history.slice(from);
}

async function takeCheckpoint(deps: Deps, cycle: Cycle, since: string): Promise<Cycle> {
  if (sinceFrozen(cycle).some(({ type }) => type === 'checkpointTaken')) return cycle;
  const heads = headsAt(await readable(deps, cycle.year), since);
  const data = { dossiers: heads.length, digest: digestOf(heads) };
  return expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'checkpointTaken', data }));
}

/** Takes the records back to a moment of the gate that waits, by an entry in each that something has changed in since. */
export const restoreCycle = whole(async (deps, year, by, { to, reason }: Restoration) => {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.status !== 'frozen' || !cycle.gate) return refuse('notFrozen');
  const { openedAt } = cycle.gate;
  const moment = new Date(to).toISOString();
  if (moment < openedAt || moment > deps.clock.now().toISOString()) {
    return refuse('restoreTooFar', { from: printedDate(chinaDate(new Date(openedAt))) });
  }
  const held = await holdStill(deps, cycle);
  const data = { to: moment, toSeq: lengthAt(held.history, moment) };
  const restored = await extendCycle(deps, held, by, { type: 'restored', data, reason });
  return restored instanceof Refusal ? restored : holdStill(deps, restored);
});

async function carryOut(
  deps: Deps,
  cycle: Cycle,
  order: Extract<CycleAction, { type: 'restored' }>,
): Promise<void> {
  const { by, reason, seq, data } = order;
  await inChunks(await readable(deps, cycle.year), async (dossier) => {
    const { history } = dossier;
    const done = history.some((action) => action.type === 'restored' && action.data.restoration === seq);
    if (!dossier.frozen || done || !changedSince(history, data.to)) return;
    const back = { to: data.to, toSeq: lengthAt(history, data.to), restoration: seq };
    const restored = expectDone(
      await extendDossier(deps, dossier, by, { type: 'restored', data: back, reason }),
    );
    if (cycle.gate) await markAgain(deps, cycle.gate.gate, restored);
  });
}

/** The gate waits again for what is undone, and staff see again what was set aside then. */
async function markAgain(deps: Deps, gate: GateName, dossier: Dossier): Promise<void> {
  const { year, filingNumber, setAside } = dossier;
  await markCases(deps, dossier);
  if (holdsClosed(gate, dossier, false)) await expectRecord(deps, gate, dossier);
  else await deps.items.remove({ pk: keys.waiting(year, gate), sk: filingNumber });
  if (setAside) await markSetAside(deps, year, filingNumber);
  else await deps.items.remove({ pk: keys.waiting(year, 'setAside'), sk: filingNumber });
}

/** Lets the year go on where it stood, its deadline moved by as many working days as the clock stood still. */
export const unfreezeCycle = whole(async (deps, year, by, reason: string) => {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.status !== 'frozen') return refuse('notFrozen');
  const held = await holdStill(deps, cycle);
  const deadline = movedDeadline(held, deps.clock.now());
  if (deadline instanceof Refusal) return deadline;
  await inChunks(await readable(deps, year), async (dossier) => {
    if (!dossier.frozen) return;
    expectDone(await extendDossier(deps, dossier, by, { type: 'unfrozen', data: {}, reason }));
  });
  const { gate } = frozenGate(held);
  const data = { gate, ...(deadline !== undefined && { deadline }) };
  const open = await extendCycle(deps, held, by, { type: 'unfrozen', data, reason });
  if (open instanceof Refusal) return open;
  await completeIfClear(deps, year, gate);
  await tellNow(deps, open, tellOfFreeze);
  return readCycle(deps, year);
});

function frozenGate({ gate, year }: Cycle) {
  if (!gate) throw new TypeError(`${year} is frozen at no gate`);
  return gate;
}

function movedDeadline(cycle: Cycle, now: Date): string | undefined | Refusal {
  const { gate, settings } = cycle;
  const stopped = frozenBy(cycle).at;
  const deadline = gate?.deadline;
  // What had passed already stays passed.
  if (deadline === undefined || deadline < stopped) return deadline;
  return withHolidays(() =>
    deadlineAfter(deadline, { stopped, goesOn: now.toISOString() }, settings.declaredDays),
  );
}
