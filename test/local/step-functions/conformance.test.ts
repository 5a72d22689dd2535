import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, machineOf, openBench } from './bench.ts';
import * as expressions from './expression-cases.ts';
import * as states from './state-cases.ts';

let bench: Bench;
let results: unknown[] = [];
beforeAll(async () => {
  bench = await openBench(async () => {
    const result = results.shift();
    if (result instanceof Error) throw result;
    return result;
  });
});
afterAll(() => bench.close());

for (const [title, cases] of Object.entries({ ...expressions, ...states })) {
  describe(title.toLowerCase().replace('_', ' '), () => {
    test.each(cases)('$of', async (given) => {
      results = [...(given.results ?? [])];
      const arn = await bench.start(machineOf(given.states), given.input);
      const ended = await bench.describe(arn);
      const succeeds = 'output' in given;
      expect(ended).toEqual({
        status: succeeds ? 'SUCCEEDED' : 'FAILED',
        output: succeeds ? given.output : undefined,
        error: given.error,
        cause: given.cause instanceof RegExp ? expect.stringMatching(given.cause) : given.cause,
      });
      if (given.events) expect((await bench.history(arn)).map(({ type }) => type)).toEqual(given.events);
    });
  });
}

test('a failed expression is told as on the service, and chained to what came before its state', async () => {
  const through = { Type: 'Pass', Next: 'B' };
  const failing = { Type: 'Pass', Output: { result: '{% $doesNotExist %}' }, End: true };
  const eventsOf = async (all: object) =>
    (await bench.history(await bench.start(machineOf({ ...all })))).slice(-2);
  const cause = (state: string, entered: number) =>
    `An error occurred while executing the state '${state}' (entered at the event id #${entered}). ` +
    "The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).";
  const failed = (state: string, entered: number, previousEventId: number) => {
    const details = { error: 'States.QueryEvaluationError', cause: cause(state, entered) };
    return [
      {
        id: entered + 1,
        previousEventId,
        type: 'EvaluationFailed',
        details: { ...details, location: 'Output/result', state },
      },
      { id: entered + 2, previousEventId: entered + 1, type: 'ExecutionFailed', details },
    ];
  };
  expect(await eventsOf({ A: failing })).toEqual(failed('A', 2, 0));
  expect(await eventsOf({ A: through, B: failing })).toEqual(failed('B', 4, 3));
});

test('the variables that a state assigns are told in its exit, each as JSON', async () => {
  const Assign = { n: 1, text: '{% $states.input %}', object: { a: [] } };
  const [, , exited] = await bench.history(
    await bench.start(machineOf({ A: { Type: 'Pass', Assign, End: true } }), 'in'),
  );
  expect(exited).toEqual({
    id: 3,
    previousEventId: 2,
    type: 'PassStateExited',
    details: {
      name: 'A',
      output: '"in"',
      outputDetails: { truncated: false },
      assignedVariables: { n: '1', text: '"in"', object: '{"a":[]}' },
      assignedVariablesDetails: { truncated: false },
    },
  });
});
