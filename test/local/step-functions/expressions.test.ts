import fc from 'fast-check';
import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { compileTemplate, evaluate } from '../../../infra/local/step-functions/expressions.ts';
import { StateFailure } from '../../../infra/local/step-functions/failure.ts';
import { type Json, type JsonObject, plain } from '../../../infra/local/step-functions/json.ts';

const surroundings = { now: () => 0, random: () => 0 };
const names = ['a', 'b', 'constructor', 'length', '__proto__'];
const { tree: json } = fc.letrec<{ tree: Json; object: JsonObject }>((tie) => ({
  object: fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 3 }),
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, 0, 1, '', 'text', true, false),
    fc.array(tie('tree'), { maxLength: 2 }),
    tie('object'),
  ),
}));

test('following members without the evaluator answers what the evaluator answers', async () => {
  const path = fc.tuple(
    fc.constantFrom('$states.input', '$v'),
    fc.array(fc.constantFrom('a', 'b', 'length'), { maxLength: 3 }),
  );
  await fc.assert(
    fc.asyncProperty(json, json, path, async (input, v, [start, steps]) => {
      const source = [start, ...steps].join('.');
      const states = { input, context: {} };
      const expected: unknown = await jsonata(source).evaluate(undefined, { states, v });
      const template = compileTemplate(`{% ${source} %}`, 'Output', surroundings);
      const answered = evaluate(template, { states, variables: { v } });
      if (expected === undefined) await expect(answered).rejects.toBeInstanceOf(StateFailure);
      else expect(await answered).toEqual(plain(expected));
    }),
    { numRuns: 300 },
  );
});

test('an expression cannot change what it reads', async () => {
  const input = { a: [{ b: 1 }], c: 1 };
  const copy = structuredClone(input);
  const template = compileTemplate("{% $states.input ~> |a|{'b': 2}, ['b']| %}", 'Output', surroundings);
  expect(await evaluate(template, { states: { input, context: {} }, variables: {} })).not.toEqual(copy);
  expect(input).toEqual(copy);
});

test('a result is plain JSON, without the marks of the evaluator’s sequences', async () => {
  const states = { input: [1, 2, 3], context: {} };
  const template = compileTemplate(
    '{% $filter($states.input, function($v) { $v > 1 }) %}',
    'Output',
    surroundings,
  );
  const value = await evaluate(template, { states, variables: {} });
  expect(Object.getOwnPropertyNames(value)).toEqual(['0', '1', 'length']);
});
