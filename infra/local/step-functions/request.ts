import { invalidName, invalidToken, validationError } from './api-error.ts';
import { isObject, PAYLOAD_QUOTA_BYTES } from './json.ts';

const LONGEST_NAME = 80;
const MOST_RESULTS = 1000;
const DEFAULT_RESULTS = 100;

/** The members of a request, each read as what the service's model says it is. */
export class Request {
  readonly #members: Record<string, unknown>;

  constructor(body: unknown) {
    this.#members = isObject(body) ? body : {};
  }

  has(member: string): boolean {
    return this.#members[member] !== undefined && this.#members[member] !== null;
  }

  string(member: string, most = Number.MAX_SAFE_INTEGER): string {
    const value = this.optionalString(member, most);
    if (value === undefined) throw constraint('null', member, 'Member must not be null');
    return value;
  }

  optionalString(member: string, most = Number.MAX_SAFE_INTEGER): string | undefined {
    if (!this.has(member)) return undefined;
    const value = this.#members[member];
    if (typeof value !== 'string') throw validationError(`Value at '${member}' is not a string`);
    if (value.length > most) {
      throw constraint(value, member, `Member must have length less than or equal to ${most}`);
    }
    return value;
  }

  /** A JSON text within the payload quota. */
  payload(member: string): string | undefined {
    const value = this.optionalString(member);
    if (value !== undefined && Buffer.byteLength(value) > PAYLOAD_QUOTA_BYTES) {
      const message = `Member must have length less than or equal to ${PAYLOAD_QUOTA_BYTES}`;
      throw validationError(
        `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${message}`,
      );
    }
    return value;
  }

  /** A name for a state machine or an execution. */
  name(member: string): string | undefined {
    const name = this.optionalString(member, LONGEST_NAME);
    if (name === undefined) return undefined;
    // Whitespace, brackets, wildcards, what separates the parts of an ARN, and control characters.
    if (name === '' || /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u.test(name)) throw invalidName(name);
    return name;
  }

  boolean(member: string, fallback: boolean): boolean {
    return this.has(member) ? this.#members[member] === true : fallback;
  }

  oneOf<T extends string>(member: string, values: readonly T[]): T | undefined {
    const value = this.optionalString(member);
    const found = values.find((candidate) => candidate === value);
    if (value !== undefined && found === undefined) {
      throw constraint(value, member, `Member must satisfy enum value set: [${values.join(', ')}]`);
    }
    return found;
  }

  /** Refuses members that the service has and this engine has not. */
  refuse(...members: string[]): void {
    for (const member of members) {
      if (this.has(member) && this.#members[member] !== false)
        throw validationError(`'${member}' is not supported here`);
    }
  }

  pageSize(): number {
    const value = this.#members.maxResults ?? 0;
    if (typeof value !== 'number' || value < 0)
      throw constraint(`${value}`, 'maxResults', 'Member must be positive');
    if (value > MOST_RESULTS) {
      throw constraint(
        `${value}`,
        'maxResults',
        `Member must have value less than or equal to ${MOST_RESULTS}`,
      );
    }
    return value === 0 ? DEFAULT_RESULTS : value;
  }

  /** Where the page before ended. */
  position(most = 1024): string | undefined {
    const token = this.optionalString('nextToken', most);
    if (token === undefined) return undefined;
    const position = Buffer.from(token, 'base64url').toString();
    if (Buffer.from(position).toString('base64url') !== token) throw invalidToken();
    return position;
  }

  /** As `position`, where that is a number. */
  index(most?: number): number | undefined {
    const position = this.position(most);
    if (position === undefined) return undefined;
    if (!/^\d{1,15}$/.test(position)) throw invalidToken();
    return Number(position);
  }
}

const constraint = (value: string, member: string, message: string) =>
  validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${message}`,
  );

/** A page of rows, of which one more than the page holds was fetched. */
export function page<T, U>(
  rows: T[],
  size: number,
  render: (row: T) => U,
  positionOf: (row: T) => string | number,
) {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  const more = rows.length > size && last !== undefined;
  return {
    items: items.map(render),
    ...(more ? { nextToken: Buffer.from(`${positionOf(last)}`).toString('base64url') } : {}),
  };
}
