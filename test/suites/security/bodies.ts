/** Values of a schema, made from its description alone: whatever a route accepts, now or later, can be made without knowing it. */
import fc from 'fast-check';
import * as z from 'zod/mini';

type Described = z.core.JSONSchema.BaseSchema;
type Json = fc.Arbitrary<unknown>;

/** How deep a value of a schema that refers to itself may go. */
const DEPTH = 3;

/** Values that nearly always satisfy the schema; what only code can check may still refuse some. */
export function valuesOf(schema: z.ZodMiniType): Json {
  const root: Described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return described(root, root, 0);
}

/** One value that the schema accepts. Fails where none of the first thousand is. */
export function acceptedBy(schema: z.ZodMiniType, seed: number): unknown {
  for (const value of fc.sample(valuesOf(schema), { numRuns: 1000, seed })) {
    if (schema.safeParse(value).success) return value;
  }
  throw new Error('no value could be made that this schema accepts: describe it more closely');
}

function described(node: Described | boolean, root: Described, depth: number): Json {
  if (typeof node === 'boolean') return fc.jsonValue({ maxDepth: 1 });
  const inner = (one: Described | boolean) => described(one, root, depth + 1);
  if (node.$ref) return depth > DEPTH ? fc.constant(null) : inner(resolved(node.$ref, root));
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum) return fc.constantFrom(...node.enum);
  const choices = node.anyOf ?? node.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => inner(one as Described)));
  if (node.allOf) {
    const parts = node.allOf.map((one) => inner(one as Described));
    return fc.tuple(...parts).map((values) => Object.assign({}, ...values));
  }
  switch (node.type) {
    case 'object':
      return objects(node, inner);
    case 'array':
      return fc.array(inner((node.items as Described | undefined) ?? true), {
        minLength: node.minItems ?? 0,
        maxLength: Math.min(node.maxItems ?? 3, (node.minItems ?? 0) + 3),
      });
    case 'string':
      return strings(node);
    case 'integer':
      return fc.integer({ min: lowest(node), max: highest(node) });
    case 'number':
      return fc.double({ min: lowest(node), max: highest(node), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function resolved(ref: string, root: Described): Described {
  if (ref === '#') return root;
  const found = root.$defs?.[ref.replace('#/$defs/', '')];
  if (!found) throw new Error(`${ref} refers to nothing`);
  return found as Described;
}

function objects(node: Described, inner: (one: Described | boolean) => Json): Json {
  const { properties = {}, required = [], additionalProperties, propertyNames } = node;
  const named = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, inner(one as Described)]),
  );
  const declared = fc.record(named, { requiredKeys: required });
  if (additionalProperties === false || additionalProperties === undefined) return declared;
  const keys = propertyNames
    ? inner(propertyNames as Described).map(String)
    : fc.string({ minLength: 1, maxLength: 8 });
  // Every key that an enumeration names may be called for.
  const maxKeys = (propertyNames as Described | undefined)?.enum ? undefined : 3;
  const others = fc.dictionary(keys, inner(additionalProperties as Described), maxKeys ? { maxKeys } : {});
  return fc.tuple(declared, others).map(([one, other]) => ({ ...other, ...one }));
}

const FORMATS: Record<string, Json> = {
  date: fc.date({ min: new Date('2020-01-01'), max: new Date('2024-01-01'), noInvalidDate: true }).map(day),
  'date-time': fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  email: fc.constantFrom('li@example.org', 'a.b+c@example.com'),
  base64: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64')),
};

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function strings({ format, pattern, minLength = 0, maxLength = 5000 }: Described): Json {
  if (format && FORMATS[format]) return FORMATS[format];
  if (pattern) return fc.stringMatching(new RegExp(pattern, 'u'));
  const length = { minLength, maxLength: Math.min(maxLength, minLength + 12) };
  return fc.oneof(fc.string({ ...length, unit: 'grapheme' }), fc.string({ ...length, unit: 'binary' }));
}

const lowest = ({ minimum, exclusiveMinimum }: Described) =>
  Math.max(minimum ?? -1e6, exclusiveMinimum === undefined ? -1e6 : Number(exclusiveMinimum) + 1);
const highest = ({ maximum, exclusiveMaximum }: Described) =>
  Math.min(maximum ?? 1e6, exclusiveMaximum === undefined ? 1e6 : Number(exclusiveMaximum) - 1);
