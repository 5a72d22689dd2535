import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import { placeholders } from '../../infra/definition.ts';
import type { GateName } from '../../shared/domain/gates.ts';
import { gatesOf, statesOf, straightThrough, waysOf } from './machine.ts';
import { type Run, rehearse, type Script } from './rehearsal.ts';

const STATES = statesOf('annual-assessment');
const STRAIGHT = straightThrough('annual-assessment');
const YEAR_GATES = gatesOf('annual-assessment');

/** Every step from state to state that some path of this file took. */
const taken = new Set<string>();

async function walk(script: Script): Promise<Run> {
  const run = await rehearse(script);
  run.states.forEach((state, index) => {
    taken.add(`${state} → ${run.states[index + 1] ?? 'end'}`);
  });
  return run;
}

describe('the ways of a year', () => {
  it('published: straight through every step', async () => {
    const run = await walk({});
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { year: 2021, end: 'published' } });
    expect(run.states).toEqual(STRAIGHT);
  });

  it('large city: every loop goes round until its cursor is null', async () => {
    const loops = Object.keys(FUNCTIONS).filter((name) => name in CURSORS);
    const run = await walk({ cursors: structuredClone(CURSORS) });
    expect(run.status).toBe('SUCCEEDED');
    for (const name of loops) {
      const cursors = run.calls.filter((call) => call.name === name).map(({ payload }) => payload.cursor);
      expect([name, cursors]).toEqual([name, [null, 'a', 'b']]);
    }
  });

  it.each([
    ['approveNotice', 'Prepare the notice'],
    ['approvePlan', 'Draw the spot check'],
    ['reviewScores', 'Send back for inspection'],
    ['signCircular', 'Draft the circular'],
  ] as const)('returned at %s: back to "%s", then on to publication', async (gate, back) => {
    const run = await walk({ verdicts: { [gate]: ['return'] } });
    expect(run.status).toBe('SUCCEEDED');
    expect(run.states.filter((state) => state === back)).toHaveLength(
      back === 'Send back for inspection' ? 1 : 2,
    );
    expect(visits(run, gate)).toBe(2);
  });

  it.each(YEAR_GATES)('cancelled at %s: recorded, and an end of its own', async (gate) => {
    const run = await walk({ verdicts: { [gate]: ['cancel'] } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { year: 2021, end: 'cancelled' } });
    expect(run.calls.at(-1)).toMatchObject({ name: 'close-run', payload: { end: 'cancelled' } });
    expect(visits(run, gate)).toBe(1);
  });

  it.each(steps())('failed at %s: recorded with the error, and an end of its own', async (name) => {
    const run = await walk({ errors: { [name]: ['TypeError'] } });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Cycle.Failed' });
    expect(run.calls.at(-1)).toEqual({
      name: 'close-run',
      payload: { run: 'annual-assessment', year: 2021, end: 'failed', error: 'TypeError' },
    });
  });

  it.each(YEAR_GATES)('failed because nobody came to %s for most of a year', async (gate) => {
    const run = await walk({ silent: [gate] });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Cycle.Failed' });
    expect(run.calls.at(-1)?.payload).toMatchObject({ end: 'failed', error: 'States.Timeout' });
  });

  it.each([
    ['send-draft-results', 'reviewScores', 'Review the scores'],
    ['close-draft-results', 'reviewScores', 'Review the scores'],
    ['announce-stars', 'reviewScores', 'Review the scores'],
    ['publish-stars', 'signCircular', 'Prepare the circular'],
  ] as const)('agencies set aside at %s: back to where they are put right', async (step, gate, back) => {
    const cursors = { [step]: ['a'] };
    const run = await walk({ cursors, errors: { [step]: ['RetryableError', 'AgenciesSetAside'] } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { end: 'published' } });
    expect(run.states.filter((state) => state === back)).toHaveLength(2);
    expect(visits(run, gate)).toBe(2);
  });

  it('agencies set aside in a later batch: the loop begins anew, with nobody left out', async () => {
    const errors = { 'send-draft-results': [null, 'AgenciesSetAside'] };
    const run = await walk({ cursors: { 'send-draft-results': ['a'] }, errors });
    const sent = run.calls.filter(({ name }) => name === 'send-draft-results');
    expect(sent.map(({ payload }) => payload.cursor)).toEqual([null, 'a', null]);
  });

  it('failed at sending agencies back', async () => {
    const run = await walk({
      verdicts: { reviewScores: ['return'] },
      errors: { 'send-back-visits': ['TypeError'] },
    });
    expect(run.calls.at(-1)?.payload).toMatchObject({ end: 'failed', error: 'TypeError' });
  });

  it('failed though even that could not be recorded', async () => {
    const run = await walk({ errors: { 'draft-notice': ['TypeError'], 'close-run': ['TypeError'] } });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Cycle.Failed' });
    expect(run.states.slice(-2)).toEqual(['Record the failure', 'Failed']);
  });

  it('cancelled though even that could not be recorded: failed', async () => {
    const run = await walk({
      verdicts: { approvePlan: ['cancel'] },
      errors: { 'close-run': ['TypeError'] },
    });
    expect(run.states.slice(-2)).toEqual(['Record the cancellation', 'Failed']);
  });

  it.each(steps())('%s recovers from trouble of the machinery', async (name) => {
    const run = await walk({ errors: { [name]: ['RetryableError', 'Lambda.ServiceException'] } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { end: 'published' } });
  });

  it('gives up after six retries', async () => {
    const run = await walk({ errors: { 'draft-notice': Array(7).fill('RetryableError') } });
    expect(run.calls.filter(({ name }) => name === 'draft-notice')).toHaveLength(7);
    expect(run.status).toBe('FAILED');
  });
});

it('leaves no state and no branch untried', () => {
  expect([...taken].sort()).toEqual(waysOf(STATES));
});

const CURSORS: Record<string, (string | null)[]> = Object.fromEntries(
  [
    'admit-agencies',
    'close-self-evaluations',
    'compare-figures',
    'assign-visits',
    'close-visits',
    'score-agencies',
    'announce-stars',
    'write-score-sheets',
    'publish-stars',
    'send-draft-results',
    'close-draft-results',
  ].map((name) => [name, ['a', 'b', null]]),
);

/** Functions that every published year calls: all steps but sending back, which is only on the way of a return. */
function steps(): string[] {
  return Object.values(placeholders('annual-assessment')).filter(
    (name) => !['close-run', 'send-back-visits'].includes(name),
  );
}

function visits(run: Run, gate: GateName): number {
  return run.calls.filter(({ name, payload }) => name === 'open-gate' && payload.gate === gate).length;
}
