import { describe, expect, it } from 'vitest';
import { gatesOf, statesOf, straightThrough, waysOf } from './machine.ts';
import { type Run, rehearse, type Script } from './rehearsal.ts';

/** Every step from state to state that some path of this file took. */
const taken = new Set<string>();

async function walk(script: Script): Promise<Run> {
  const run = await rehearse({ machine: 'correction', ...script });
  run.states.forEach((state, index) => {
    taken.add(`${state} → ${run.states[index + 1] ?? 'end'}`);
  });
  return run;
}

describe('the ways of a correction', () => {
  it('published: straight through every step', async () => {
    const run = await walk({});
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { year: 2021, end: 'published' } });
    expect(run.states).toEqual(straightThrough('correction'));
  });

  it.each(['approveCorrection', 'signCorrection'] as const)('returned at %s: drafted again', async (gate) => {
    const run = await walk({ verdicts: { [gate]: ['return'] } });
    expect(run.status).toBe('SUCCEEDED');
    expect(run.states.filter((state) => state === 'Prepare the correction')).toHaveLength(2);
  });

  it.each(gatesOf('correction'))('cancelled at %s, and failed where nobody came', async (gate) => {
    const cancelled = await walk({ verdicts: { [gate]: ['cancel'] } });
    expect(cancelled).toMatchObject({ status: 'SUCCEEDED', output: { end: 'cancelled' } });
    const silent = await walk({ silent: [gate] });
    expect(silent.calls.at(-1)?.payload).toMatchObject({ run: 'correction', error: 'States.Timeout' });
  });

  it('failed at publishing, and though even that could not be recorded', async () => {
    const failed = await walk({
      errors: { 'publish-correction': ['TypeError'], 'close-run': ['TypeError'] },
    });
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Correction.Failed' });
    const recorded = await walk({ errors: { 'publish-correction': ['TypeError'] } });
    expect(recorded.calls.at(-1)?.payload).toMatchObject({ run: 'correction', error: 'TypeError' });
    await walk({ errors: { 'open-gate': ['TypeError'] } });
    const errors = { 'close-run': ['TypeError'] };
    const cancelled = await walk({ verdicts: { prepareCorrection: ['cancel'] }, errors });
    expect(cancelled.states.slice(-2)).toEqual(['Record the cancellation', 'Failed']);
  });
});

it('leaves no state and no branch untried', () => {
  expect([...taken].sort()).toEqual(waysOf(statesOf('correction')));
});
