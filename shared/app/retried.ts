import { Refusal } from './refusal.ts';

/** Tries again what somebody else's write came before: a few times, then the refusal stands. */
export async function retried<T>(attempt: () => Promise<T | Refusal>): Promise<T | Refusal> {
  let outcome = await attempt();
  for (let tries = 1; tries < 5; tries++) {
    if (!(outcome instanceof Refusal) || outcome.code !== 'changedMeanwhile') return outcome;
    outcome = await attempt();
  }
  return outcome;
}
