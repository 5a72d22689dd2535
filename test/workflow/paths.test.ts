import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import { definitionFile, placeholders } from '../../infra/definition.ts';
import { GATE_NAMES, GATES, type GateName } from '../../shared/domain/gates.ts';
import { type Run, rehearse, type Script } from './rehearsal.ts';

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  Retry?: unknown[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  TimeoutSeconds?: number;
  Resource?: string;
  Arguments?: { FunctionName: string; Payload: { gate?: string } };
}

const STATES: Record<string, State> = JSON.parse(
  readFileSync(definitionFile('annual-assessment'), 'utf8'),
).States;
const STRAIGHT = walkStraight();

/** Every step from state to state that some path of this file took. */
const taken = new Set<string>();

async function walk(script: Script): Promise<Run> {
  const run = await rehearse(script);
  run.states.forEach((state, index) => {
    taken.add(`${state} → ${run.states[index + 1] ?? 'end'}`);
  });
  return run;
}

/** The table of contents: from the first state along `Next` and `Default` to the end. */
function walkStraight(): string[] {
  const names = ['Begin the year'];
  for (;;) {
    const state = STATES[names.at(-1) ?? ''];
    const next = state?.Next ?? state?.Default;
    if (!next) return names;
    names.push(next);
  }
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

  it.each(GATE_NAMES)('cancelled at %s: recorded, and an end of its own', async (gate) => {
    const run = await walk({ verdicts: { [gate]: ['cancel'] } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { year: 2021, end: 'cancelled' } });
    expect(run.calls.at(-1)).toMatchObject({ name: 'close-cycle', payload: { end: 'cancelled' } });
    expect(visits(run, gate)).toBe(1);
  });

  it.each(steps())('failed at %s: recorded with the error, and an end of its own', async (name) => {
    const run = await walk({ errors: { [name]: ['TypeError'] } });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Cycle.Failed' });
    expect(run.calls.at(-1)).toEqual({
      name: 'close-cycle',
      payload: { year: 2021, end: 'failed', error: 'TypeError' },
    });
  });

  it.each(GATE_NAMES)('failed because nobody came to %s for most of a year', async (gate) => {
    const run = await walk({ silent: [gate] });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Cycle.Failed' });
    expect(run.calls.at(-1)?.payload).toMatchObject({ end: 'failed', error: 'States.Timeout' });
  });

  it('failed at sending agencies back', async () => {
    const run = await walk({
      verdicts: { reviewScores: ['return'] },
      errors: { 'send-back-visits': ['TypeError'] },
    });
    expect(run.calls.at(-1)?.payload).toMatchObject({ end: 'failed', error: 'TypeError' });
  });

  it('failed though even that could not be recorded', async () => {
    const run = await walk({ errors: { 'draft-notice': ['TypeError'], 'close-cycle': ['TypeError'] } });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Cycle.Failed' });
    expect(run.states.slice(-2)).toEqual(['Record the failure', 'Failed']);
  });

  it('cancelled though even that could not be recorded: failed', async () => {
    const run = await walk({
      verdicts: { approvePlan: ['cancel'] },
      errors: { 'close-cycle': ['TypeError'] },
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
  const ways = Object.entries(STATES).flatMap(([name, state]) => [
    ...[state.Next, state.Default].flatMap((next) => (next ? [`${name} → ${next}`] : [])),
    ...(state.Choices ?? []).map(({ Next }) => `${name} → ${Next}`),
    ...(state.Catch ?? []).map(({ Next }) => `${name} → ${Next}`),
    ...(state.Next || state.Default ? [] : [`${name} → end`]),
  ]);
  expect([...taken].sort()).toEqual([...new Set(ways)].sort());
});

describe('the file', () => {
  const tasks = Object.entries(STATES).filter(([, { Type }]) => Type === 'Task');

  it.each(tasks)('%s has the one ladder, a catch and a timeout', (_name, state) => {
    const isGate = state.Resource?.endsWith('.waitForTaskToken') ?? false;
    expect(state.Retry).toEqual(isGate ? LADDER.gate : LADDER.step);
    expect(state.Catch?.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
    expect(state.TimeoutSeconds).toBe(isGate ? 300 * 86_400 : 900);
  });

  it('opens every gate of the domain, once, and no other', () => {
    const opened = tasks.flatMap(([, state]) => state.Arguments?.Payload.gate ?? []);
    expect(opened.sort()).toEqual([...GATE_NAMES].sort());
  });

  it('asks after every verdict that a gate can give', () => {
    for (const [name, state] of tasks) {
      const gate = state.Arguments?.Payload.gate as GateName | undefined;
      if (!gate || !state.Next) continue;
      const asked = JSON.stringify(STATES[state.Next]?.Choices);
      const verdicts = ['cancel', ...Object.keys(GATES[gate].verdicts)];
      const answered = verdicts.filter((verdict) => asked.includes(`'${verdict}'`));
      expect([name, answered]).toEqual([
        name,
        verdicts.filter((one) => one === 'cancel' || one === 'return'),
      ]);
    }
  });

  it('calls every function of the catalogue that is neither the API nor a schedule', () => {
    const others = ['start-cycle', 'sweep-gates'];
    const steps = Object.entries(FUNCTIONS).filter(
      ([name, { routes }]) => routes.length === 0 && !others.includes(name),
    );
    expect(Object.values(placeholders('annual-assessment')).sort()).toEqual(
      steps.map(([name]) => name).sort(),
    );
  });
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
    'rescore-agencies',
    'publish-stars',
  ].map((name) => [name, ['a', 'b', null]]),
);

const ERRORS = [
  'RetryableError',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
];
const ladderFor = (ErrorEquals: string[]) => [
  {
    ErrorEquals,
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxAttempts: 6,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
];
/** A gate's timeout is not retried: it means that nobody came. */
const LADDER = { step: ladderFor([...ERRORS, 'States.Timeout']), gate: ladderFor(ERRORS) };

/** Functions that every published year calls: all steps but sending back, which is only on the way of a return. */
function steps(): string[] {
  return Object.values(placeholders('annual-assessment')).filter(
    (name) => !['close-cycle', 'send-back-visits'].includes(name),
  );
}

function visits(run: Run, gate: GateName): number {
  return run.calls.filter(({ name, payload }) => name === 'open-gate' && payload.gate === gate).length;
}
