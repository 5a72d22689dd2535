/** One year on its way: the runtime, the people, the clock, and what the folder says they do. */
import { type CivilDate, chinaDate, printedDate } from '../../../shared/domain/calendar.ts';
import type { GateName } from '../../../shared/domain/gates.ts';
import { addWorkingDays } from '../../../shared/domain/working-days.ts';
import type { MovableClock } from '../clock.ts';
import type { InputFolder } from '../folder/index.ts';
import type { Runtime } from '../runtime.ts';
import type { Actors } from './actors.ts';

export interface CycleView {
  status: 'open' | 'frozen' | 'published' | 'cancelled' | 'failed';
  gate?: {
    gate: GateName;
    title: string;
    attempt: number;
    openedAt: string;
    deadline: string | null;
    waitsFor: 'decision' | 'records';
  };
  waiting: number;
  history: { type: string; data: { error?: string }; reason: string | null }[];
}

export interface Year {
  folder: InputFolder;
  runtime: Runtime;
  actors: Actors;
  clock: MovableClock;
  /** Tells the person at the terminal what happens, in Chinese. */
  report(line: string): void;
}

/** The input does not say how to go on: the run stops, and says what to add. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

const MINUTE = 60_000;

/** Lets everything that is under way come to rest, then lets a second pass: acts keep their order in the history. */
export async function pause({ runtime, clock }: Year): Promise<void> {
  await runtime.settled();
  clock.moveTo(new Date(clock.now().getTime() + 1000));
  await runtime.settled();
}

/** Moves the clock; never backwards. */
export async function moveTo({ runtime, clock }: Year, to: Date): Promise<void> {
  await runtime.settled();
  clock.moveTo(to);
  await runtime.settled();
}

/** Ten in the morning in China. */
export function morningOf(date: CivilDate): Date {
  return new Date(`${date}T02:00:00Z`);
}

/** The morning after so many working days; now, for none. */
export function dueDate({ clock, folder }: Year, workingDays: number): Date {
  if (workingDays === 0) return clock.now();
  return morningOf(addWorkingDays(chinaDate(clock.now()), workingDays, folder.settings.declaredDays));
}

export async function waitWorkingDays(year: Year, days: number): Promise<void> {
  await moveTo(year, dueDate(year, days));
}

/** Past a deadline, to the next full hour, when the sweep comes by. */
export function waitForSweep(year: Year, deadline: string): Promise<void> {
  return moveTo(year, new Date(Date.parse(deadline) + 61 * MINUTE));
}

export function today({ clock }: Year): string {
  return printedDate(chinaDate(clock.now()));
}

export async function readCycle({ actors, folder }: Year): Promise<CycleView> {
  const [handler] = folder.staff.handlers;
  const client = await actors.as(handler?.id ?? '');
  return client.get(`/cycles/${folder.year}`);
}
