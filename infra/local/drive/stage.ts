/** Where years are run: one runtime whose clock moves on from year to year, and whose records stay. */
import { type MovableClock, movableClock } from '../clock.ts';
import type { InputFolder } from '../folder/index.ts';
import { openRuntime, type Runtime, type RuntimeOptions } from '../runtime.ts';
import { seededRandom } from './seeded.ts';

export interface Stage {
  runtime: Runtime;
  clock: MovableClock;
  /** The passwords of everybody with an account, by id; they live only in this process. */
  passwords: Map<string, string>;
  /** Takes randomness from another text from now on: each folder has a seed of its own. */
  reseed(seed: string): void;
}

/** Opens a runtime whose schedule fires every year on the day on which the first folder starts. */
export async function openStage(options: {
  first: InputFolder;
  dir: string;
  volatile: boolean;
  around?: Pick<RuntimeOptions, 'observer' | 'notifier'> | undefined;
  /** Of those who have accounts in the folder of the data already. */
  passwords?: Stage['passwords'];
  /** When the clock begins; before the schedule fires if absent. */
  at?: Date;
}): Promise<Stage> {
  const { first, dir, volatile, around, passwords = new Map() } = options;
  const { at = new Date(`${first.startsOn}T00:00:00Z`) } = options;
  const [, month, day] = first.startsOn.split('-').map(Number);
  const clock = movableClock(at);
  let source = seededRandom(first.seed);
  const runtime = await openRuntime({
    dir,
    clock,
    random: () => source.random(),
    randomBytes: (count) => source.randomBytes(count),
    yearlyStart: `cron(0 9 ${day} ${month} ? *)`,
    port: 0,
    volatile,
    ...around,
  });
  const reseed = (seed: string) => {
    source = seededRandom(seed);
  };
  return { runtime, clock, passwords, reseed };
}
