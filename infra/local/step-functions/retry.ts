import type { Retrier } from './definition.ts';
import type { Failure } from './failure.ts';

/** A year and a day: the service accepts no longer MaxDelaySeconds. */
const LONGEST_DELAY_SECONDS = 31_622_400;

/**
 * Whether one of the names of an ErrorEquals stands for this failure. States.Runtime goes by its own name only:
 * there the machine itself is at fault.
 */
export function matches(errorEquals: readonly string[], { error, alias }: Failure): boolean {
  return errorEquals.some((name) => {
    if (error !== undefined && (name === error || name === alias)) return true;
    if (error === 'States.Runtime') return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout');
  });
}

/**
 * Which retrier, if any, tries again, and after how many seconds. `used` counts the attempts that each
 * retrier has granted since the state was entered; `random` is in [0, 1). States.Runtime is never tried again.
 */
export function nextAttempt(
  retriers: readonly Retrier[],
  used: readonly number[],
  failure: Failure,
  random: () => number,
): { retrier: number; delaySeconds: number } | undefined {
  if (failure.error === 'States.Runtime') return undefined;
  const index = retriers.findIndex((retrier) => matches(retrier.errorEquals, failure));
  const retrier = retriers[index];
  const granted = used[index] ?? 0;
  if (!retrier || granted >= retrier.maxAttempts) return undefined;
  const backedOff = retrier.intervalSeconds * retrier.backoffRate ** granted;
  const delay = Math.min(backedOff, retrier.maxDelaySeconds ?? LONGEST_DELAY_SECONDS);
  return { retrier: index, delaySeconds: retrier.jitter ? delay * random() : delay };
}
