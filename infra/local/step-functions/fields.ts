import jsonata from 'jsonata';
import type { Surroundings } from './added-functions.ts';
import type { Problem } from './definition.ts';
import { compileTemplate, isExpression, sourceOf, type Template } from './expressions.ts';
import { isObject } from './json.ts';
import { readsOfStates, topLevelReferences } from './references.ts';

/** What an expression of a field may read of `$states` besides the input and the context. */
export type Readable = 'result' | 'errorOutput';

interface NumberRule {
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

/** Reads the members of one object of a definition, noting every problem instead of stopping at the first. */
export class Fields {
  readonly location: string;
  readonly #object: Record<string, unknown>;
  readonly #problems: Problem[];
  readonly #surroundings: Surroundings;
  /** The location of the state itself: a failed expression names its field from there. */
  readonly #base: string;

  constructor(
    object: Record<string, unknown>,
    location: string,
    base: string,
    problems: Problem[],
    surroundings: Surroundings,
  ) {
    this.location = location;
    this.#object = object;
    this.#base = base;
    this.#problems = problems;
    this.#surroundings = surroundings;
  }

  problem(message: string, field?: string, code: Problem['code'] = 'SCHEMA_VALIDATION_FAILED'): undefined {
    this.#problems.push({
      code,
      message,
      location: field === undefined ? this.location || '/' : this.#at(field),
    });
    return undefined;
  }

  #at(field: string): string {
    return `${this.location}/${field}`;
  }

  get(field: string): unknown {
    return this.#object[field];
  }

  has(field: string): boolean {
    return Object.hasOwn(this.#object, field);
  }

  require(...fields: string[]): void {
    const missing = fields.filter((field) => !this.has(field));
    if (missing.length > 0) this.problem(`These fields are required: [${missing.join(', ')}]`);
  }

  /** Refuses every field that is neither named here nor a comment. */
  only(...fields: string[]): void {
    for (const field of Object.keys(this.#object)) {
      if (field !== 'Comment' && !fields.includes(field))
        this.problem(`Field '${field}' is not supported`, field);
    }
    if (this.has('Comment')) this.string('Comment');
  }

  string(field: string): string | undefined {
    const value = this.get(field);
    if (value === undefined || typeof value === 'string') return value;
    return this.problem('Expected value of type [STRING]', field);
  }

  number(field: string, { least, most, whole = true }: NumberRule): number | undefined {
    const value = this.get(field);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || (whole && !Number.isInteger(value))) {
      return this.problem(
        `Expected value of type [${whole ? 'INTEGER' : 'NUMBER'}], fixed in the definition`,
        field,
      );
    }
    if (value < least || value > most) return this.problem(`Value should be from ${least} to ${most}`, field);
    return value;
  }

  oneOf(field: string, values: readonly string[]): string | undefined {
    const value = this.string(field);
    if (value === undefined || values.includes(value)) return value;
    return this.problem(`Value should be one of the following: [${values.join(', ')}]`, field);
  }

  /** The elements of an array of objects, each with its own location. */
  list(field: string): Fields[] {
    const value = this.get(field);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return this.problem('Expected value of type [ARRAY]', field) ?? [];
    return value.flatMap((item, index) => {
      const name = `${field}[${index}]`;
      return isObject(item)
        ? [this.#inner(item, name)]
        : (this.problem('Expected value of type [OBJECT]', name) ?? []);
    });
  }

  object(field: string): Fields | undefined {
    const value = this.get(field);
    if (value === undefined) return undefined;
    return isObject(value)
      ? this.#inner(value, field)
      : this.problem('Expected value of type [OBJECT]', field);
  }

  members(): string[] {
    return Object.keys(this.#object);
  }

  #inner(object: Record<string, unknown>, name: string): Fields {
    return new Fields(object, this.#at(name), this.#base, this.#problems, this.#surroundings);
  }

  /** A field that may hold expressions, each checked as the service checks them when a machine is created. */
  template(field: string, readable: readonly Readable[] = []): Template | undefined {
    if (!this.has(field)) return undefined;
    const found = this.#problems.length;
    this.#check(this.get(field), this.#at(field), readable);
    const location = this.#at(field).slice(this.#base.length + 1);
    return this.#problems.length > found
      ? undefined
      : compileTemplate(this.get(field), location, this.#surroundings);
  }

  #check(value: unknown, location: string, readable: readonly Readable[]): void {
    if (typeof value === 'string' && isExpression(value))
      this.#checkExpression(sourceOf(value), location, readable);
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) this.#check(item, `${location}[${index}]`, readable);
    } else if (isObject(value)) {
      for (const [key, member] of Object.entries(value)) this.#check(member, `${location}/${key}`, readable);
    }
  }

  #checkExpression(source: string, location: string, readable: readonly Readable[]): void {
    let tree: unknown;
    try {
      tree = jsonata(source).ast();
    } catch (error) {
      const message = (error as Error).message;
      this.#problems.push({ code: 'INVALID_JSONATA_EXPRESSION', message, location });
      return;
    }
    const unreadable = (['result', 'errorOutput'] as const)
      .filter((member) => !readable.includes(member) && readsOfStates(tree, member))
      .map((member) => `Reference to '$states.${member}' is not supported in this field.`);
    for (const message of [...topLevelReferences(tree), ...unreadable]) {
      this.#problems.push({ code: 'UNSUPPORTED_JSONATA_EXPRESSION', message, location });
    }
  }
}
