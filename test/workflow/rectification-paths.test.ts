import { describe, expect, it } from 'vitest';
import { placeholders } from '../../infra/definition.ts';
import { gatesOf, statesOf, straightThrough, waysOf } from './machine.ts';
import { type Run, rehearse, type Script } from './rehearsal.ts';

const STATES = statesOf('rectification');
const BATCHES = [
  'issue-rectification-notices',
  'close-corrections',
  'call-for-verdicts',
  'recommend-second-failures',
];
const STEPS = Object.values(placeholders('rectification')).filter((name) => name !== 'close-run');

/** Every step from state to state that some path of this file took. */
const taken = new Set<string>();

/** With second failures, so that there is something to sign, unless the script says otherwise. */
async function walk(script: Script): Promise<Run> {
  const results = { 'count-second-failures': { verdict: 'sign' }, ...script.results };
  const run = await rehearse({ machine: 'rectification', ...script, results });
  run.states.forEach((state, index) => {
    taken.add(`${state} → ${run.states[index + 1] ?? 'end'}`);
  });
  return run;
}

describe('the ways of a rectification', () => {
  it('archived: straight through every step, each loop until its cursor is null', async () => {
    const run = await walk({});
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { year: 2021, end: 'archived' } });
    expect(run.states).toEqual(straightThrough('rectification'));
    const cursors = Object.fromEntries(BATCHES.map((name) => [name, ['a', null]]));
    const large = await walk({ cursors });
    for (const name of BATCHES) {
      const seen = large.calls.filter((call) => call.name === name).map(({ payload }) => payload.cursor);
      expect([name, seen]).toEqual([name, [null, 'a']]);
    }
  });

  it('nobody failed again: nothing is signed', async () => {
    const run = await walk({ results: { 'count-second-failures': { verdict: 'none' } } });
    expect(run.status).toBe('SUCCEEDED');
    expect(run.states).not.toContain('Sign the recommendations');
  });

  it('sent back by the director: verdicts are given again', async () => {
    const run = await walk({ verdicts: { signRecommendations: ['return'] } });
    expect(run.status).toBe('SUCCEEDED');
    expect(run.states.filter((state) => state === 'Decide the rectifications')).toHaveLength(2);
  });

  it.each(gatesOf('rectification'))('cancelled at %s, and failed where nobody came', async (gate) => {
    const cancelled = await walk({ verdicts: { [gate]: ['cancel'] } });
    expect(cancelled).toMatchObject({ status: 'SUCCEEDED', output: { end: 'cancelled' } });
    const silent = await walk({ silent: [gate] });
    expect(silent.calls.at(-1)?.payload).toMatchObject({ run: 'rectification', error: 'States.Timeout' });
  });

  it.each(STEPS)('failed at %s: recorded with the error, and an end of its own', async (name) => {
    const run = await walk({ errors: { [name]: ['TypeError'] } });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Rectification.Failed' });
    const payload = { run: 'rectification', year: 2021, end: 'failed', error: 'TypeError' };
    expect(run.calls.at(-1)).toEqual({ name: 'close-run', payload });
  });

  it('failed or cancelled though even that could not be recorded', async () => {
    const failed = await walk({ errors: { 'draw-rechecks': ['TypeError'], 'close-run': ['TypeError'] } });
    expect(failed.states.slice(-2)).toEqual(['Record the failure', 'Failed']);
    const errors = { 'close-run': ['TypeError'] };
    const cancelled = await walk({ verdicts: { correctDefects: ['cancel'] }, errors });
    expect(cancelled.states.slice(-2)).toEqual(['Record the cancellation', 'Failed']);
  });
});

it('leaves no state and no branch untried', () => {
  expect([...taken].sort()).toEqual(waysOf(STATES));
});
