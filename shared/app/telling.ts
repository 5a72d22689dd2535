/**
 * Telling people what a run waits for: when a gate opens, before its deadline, and when nobody acts. Everything here follows
 * from the records and the clock and may be repeated: a mark says what has been told, and a message queued again is the same.
 * It never holds up a run: what could not be told is told by the next sweep.
 */
import * as z from 'zod/mini';
import { openExchange, openMaterial } from '../domain/exchange.ts';
import { GATES } from '../domain/gates.ts';
import { ROLES, Role } from '../domain/history.ts';
import { type Occasion, printedDeadline } from '../domain/messages.ts';
import { type OpenGate, type Run, waitingGate } from '../domain/run.ts';
import type { Settings } from '../domain/settings.ts';
import { escalations, GATE_TOLD, REPLIES_TOLD, reminders, type Telling } from '../domain/told.ts';
import { inChunks } from './in-chunks.ts';
import { queueMessage } from './messages.ts';
import type { Deps, RecordKey } from './ports.ts';
import { awaited, everyAgency, recipientsOf } from './recipients.ts';
import { readCycle, readDossier } from './records.ts';
import { Refusal } from './refusal.ts';

/** What has been told of a year's gates; of an escalation also whom, for those who look at the year. */
export const ToldMark = z.strictObject({
  at: z.string(),
  escalatedTo: z.optional(Role),
  filingNumber: z.optional(z.string()),
});
type ToldMark = z.infer<typeof ToldMark>;

const toldOf = (year: number) => `CYCLE#${year}#TOLD`;
const toldKey = (year: number, of: string): RecordKey => ({ pk: toldOf(year), sk: of });

/** Tells what is due to be told of the gate that waits. Called when a gate opens, when its deadline moves, and every hour. */
export async function tellOfGate(deps: Deps, run: Run): Promise<void> {
  const gate = waitingGate(run);
  if (!gate) return;
  const cycle = await readCycle(deps, run.year);
  if (cycle instanceof Refusal) return;
  const { settings } = cycle;
  const opened = await tellOpening(deps, run, gate);
  await remind(deps, run.year, gate, settings, opened);
  await escalate(deps, run.year, gate, settings);
  await tellOfReplies(deps, run.year, gate, settings);
}

/** Tells at once; what fails is left to the sweep, and holds up nothing. */
export async function tellNow(deps: Deps, run: Run, telling: typeof tellOfGate): Promise<void> {
  try {
    await telling(deps, run);
  } catch (error) {
    deps.log.error('MESSAGE_NOT_QUEUED', { year: run.year }, error);
  }
}

/** One visit to a gate. A run that is started again counts its attempts anew, so the time belongs to it. */
const visitTo = ({ gate, attempt, openedAt }: OpenGate) => `${gate}#${attempt}#${openedAt}`;

/** That the gate has opened, or that its deadline has moved. Returns when that was. */
async function tellOpening(deps: Deps, run: Run, gate: OpenGate): Promise<string> {
  const moved = run.history.findLast(
    (entry) => entry.type === 'deadlineMoved' && gate.deadline !== undefined && entry.at > gate.openedAt,
  );
  const at = moved?.at ?? gate.openedAt;
  const { opened } = GATE_TOLD[gate.gate];
  const tellings = moved ? opened.map(([audience]): Telling => [audience, 'deadlineMoved']) : opened;
  await once(deps, run.year, `${visitTo(gate)}#opened#${at}`, {}, (of) =>
    tell(deps, run.year, gate, tellings, { at, of }),
  );
  return at;
}

/** Whoever the gate still waits for, so many working days before its deadline. */
async function remind(
  deps: Deps,
  year: number,
  gate: OpenGate,
  settings: Settings,
  since: string,
): Promise<void> {
  const { deadline } = gate;
  const now = deps.clock.now().toISOString();
  const { due } = GATE_TOLD[gate.gate];
  if (deadline === undefined || now > deadline || due.length === 0) return;
  // After a standstill only the latest is still of use.
  const reminder = reminders(deadline, settings).findLast(({ at }) => at > since && at <= now);
  if (!reminder) return;
  const of = `${visitTo(gate)}#${deadline}#${reminder.days}`;
  await once(deps, year, of, {}, () => tell(deps, year, gate, due, { at: reminder.at, of }));
}

/** Staff whose turn it is, when nothing happens: they again, then the next role up. Nothing is decided for them. */
async function escalate(deps: Deps, year: number, gate: OpenGate, settings: Settings): Promise<void> {
  const { staff } = GATE_TOLD[gate.gate];
  if (!staff) return;
  const now = deps.clock.now().toISOString();
  for (const { days, at, to } of escalations(staff, gate.resumedAt ?? gate.openedAt, settings)) {
    if (at > now) return;
    const kind = to === staff ? 'workOverdue' : 'workEscalated';
    await once(deps, year, `${visitTo(gate)}#escalated#${days}`, { escalatedTo: to }, (of) => {
      const about = { year, gate: gate.gate };
      const fields = { year, gate: GATES[gate.gate].title, role: ROLES[staff], days };
      return queueMessage(deps, kind, { role: to }, { at, of, about }, fields);
    });
  }
}

/** Whom the delay at a gate has been told, and when. */
export async function escalationsOf(deps: Deps, year: number, gate: OpenGate) {
  const marks = await deps.items.page(toldOf(year), ToldMark, `${visitTo(gate)}#escalated`, 20);
  return marks.records
    .filter(({ sk }) => sk.startsWith(`${visitTo(gate)}#escalated#`))
    .map(({ value }) => value);
}

/**
 * Each answer and objection has a deadline of its own for the reply: whoever replies is reminded of it, and the next role told
 * when it has passed. While the agency may still answer new material, it is reminded of that instead.
 */
async function tellOfReplies(deps: Deps, year: number, gate: OpenGate, settings: Settings): Promise<void> {
  const told = REPLIES_TOLD[gate.gate];
  if (!told) return;
  const now = deps.clock.now().toISOString();
  for await (const filingNumber of awaited(deps, year, gate.gate)) {
    const dossier = await readDossier(deps, year, filingNumber);
    const open = dossier instanceof Refusal ? undefined : openExchange(dossier);
    if (dossier instanceof Refusal || !open) continue;
    const material = openMaterial(open);
    const asked = material
      ? {
          to: { agency: filingNumber },
          kind: 'materialDue' as const,
          since: material.at,
          by: material.answerBy,
        }
      : { to: { role: told.staff }, kind: told.due, since: open.raisedAt, by: open.dueBy };
    const { to, kind, since, by: deadline } = asked;
    if (deadline === undefined) continue;
    const about = { year, filingNumber, gate: gate.gate, deadline };
    const fields = { year, agency: dossier.agency.name, deadline: printedDeadline(deadline) };
    if (now > deadline) {
      if (material) continue;
      const mark = { escalatedTo: told.above, filingNumber };
      await once(deps, year, `${visitTo(gate)}#escalated#${open.id}`, mark, (of) =>
        queueMessage(deps, told.overdue, { role: told.above }, { at: deadline, of, about }, fields),
      );
      continue;
    }
    const reminder = reminders(deadline, settings).findLast(({ at }) => at > since && at <= now);
    if (!reminder) continue;
    await once(deps, year, `${open.id}#${deadline}#${reminder.days}`, {}, (of) =>
      queueMessage(deps, kind, to, { at: reminder.at, of, about }, fields),
    );
  }
}

/** That the year stands still, or goes on: to the centre's people. Agencies are told of what their own dossier says. */
export async function tellOfFreeze(deps: Deps, { year, history }: Run): Promise<void> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return;
  const last = history.findLast(({ type }) => type === 'frozen' || type === 'unfrozen');
  if (!last) return;
  const kind = last.type === 'frozen' ? 'cycleFrozen' : 'cycleUnfrozen';
  await once(deps, year, `${kind}#${last.hash}`, {}, async (of) => {
    const roles = (['handler', 'approver', 'director', 'auditor'] as const).map((role) => ({ role }));
    for (const to of [...roles, ...cycle.inspectors.map(({ id }) => ({ person: id }))]) {
      await queueMessage(deps, kind, to, { at: last.at, of, about: { year } }, { year });
    }
  });
}

/** The end of a year, to everybody who took part in it. */
export async function tellOfEnd(deps: Deps, { year, status, history }: Run): Promise<void> {
  const last = history.at(-1);
  const noticed = history.some(({ type }) => type === 'noticePublished');
  if (!last || !noticed || (status !== 'published' && status !== 'cancelled')) return;
  const kind = status === 'published' ? 'circularPublished' : 'cycleCancelled';
  await once(deps, year, `${kind}#${last.hash}`, {}, async (of) => {
    const occasion = { at: last.at, of, about: { year } };
    for (const role of ['handler', 'approver', 'director', 'auditor'] as const) {
      await queueMessage(deps, kind, { role }, occasion, { year });
    }
    await inChunks(everyAgency(deps, year), ({ to, filingNumber }) =>
      queueMessage(
        deps,
        kind,
        to,
        { ...occasion, about: { year, ...(filingNumber && { filingNumber }) } },
        { year },
      ),
    );
  });
}

/** Does something that has not been done yet, and marks it as done afterwards: after a crash between the two it is repeated. */
export async function once(
  deps: Deps,
  year: number,
  of: string,
  mark: Omit<ToldMark, 'at'>,
  work: (of: string) => Promise<void>,
): Promise<void> {
  const key = toldKey(year, of);
  if (await deps.items.get(key, ToldMark)) return;
  await work(of);
  await deps.items.put(key, { at: deps.clock.now().toISOString(), ...mark });
}

async function tell(
  deps: Deps,
  year: number,
  { gate, deadline }: OpenGate,
  tellings: readonly Telling[],
  { at, of }: Pick<Occasion, 'at' | 'of'>,
): Promise<void> {
  for (const [audience, kind] of tellings) {
    await inChunks(recipientsOf(deps, year, gate, audience), ({ to, filingNumber, agency = '' }) => {
      const about = { year, gate, ...(filingNumber && { filingNumber }), ...(deadline && { deadline }) };
      const fields = {
        year,
        gate: GATES[gate].title,
        role: 'role' in to ? ROLES[to.role] : '',
        agency,
        deadline: deadline ? printedDeadline(deadline) : '',
      };
      return queueMessage(deps, kind, to, { at, of, about }, fields);
    });
  }
}
