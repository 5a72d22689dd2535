import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import { placeholders } from '../../infra/definition.ts';
import { GATE_DAYS, GATES, RUN_NAMES } from '../../shared/domain/gates.ts';
import { gatesOf, statesOf } from './machine.ts';

describe.each(RUN_NAMES)('the file of %s', (run) => {
  const states = statesOf(run);
  const tasks = Object.entries(states).filter(([, { Type }]) => Type === 'Task');

  it.each(tasks)('%s has the one ladder, a catch and a timeout', (_name, state) => {
    const isGate = state.Resource?.endsWith('.waitForTaskToken') ?? false;
    expect(state.Retry).toEqual(isGate ? LADDER.gate : LADDER.step);
    expect(state.Catch?.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
    expect(state.TimeoutSeconds).toBe(isGate ? GATE_DAYS * 86_400 : 900);
  });

  it('opens every gate of its run, once, and no other', () => {
    const opened = tasks.flatMap(([, state]) => state.Arguments?.Payload.gate ?? []);
    expect(opened.sort()).toEqual(gatesOf(run).sort());
  });

  it('asks after every verdict that a gate can give', () => {
    for (const [name, state] of tasks) {
      const gate = state.Arguments?.Payload.gate;
      if (!gate || !state.Next) continue;
      const asked = JSON.stringify(states[state.Next]?.Choices);
      const verdicts = ['cancel', ...Object.keys(GATES[gate].verdicts)];
      const answered = verdicts.filter((verdict) => asked.includes(`'${verdict}'`));
      expect([name, answered]).toEqual([
        name,
        verdicts.filter((one) => one === 'cancel' || one === 'return'),
      ]);
    }
  });
});

it('the files call every function of the catalogue that is neither the API nor a schedule', () => {
  const others = ['start-cycle', 'sweep-gates', 'sweep-uploads'];
  const steps = Object.entries(FUNCTIONS).filter(
    ([name, { routes }]) => routes.length === 0 && !others.includes(name),
  );
  const called = new Set(RUN_NAMES.flatMap((run) => Object.values(placeholders(run))));
  expect([...called].sort()).toEqual(steps.map(([name]) => name).sort());
});

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
