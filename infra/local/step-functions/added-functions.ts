import { createHash } from 'node:crypto';
import jsonata from 'jsonata';

/** What an expression may draw on besides its input: the engine's clock (milliseconds) and randomness. */
export interface Surroundings {
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

const HASHES = new Set(['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']);
/** The longest $range that the service builds. */
const LONGEST_RANGE = 360_145;

/** `uncoded` errors are limits of the evaluator rather than errors of the language. */
const refuse = (code: string, message: string): never => {
  throw Object.assign(new Error(message), { code });
};

/** A version 4 UUID drawn from `random`. */
export function uuid(random: () => number): string {
  const hex = Array.from({ length: 31 }, () => Math.floor(random() * 16).toString(16)).join('');
  const variant = (8 + Math.floor(random() * 4)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}

/** The first draw of `java.util.Random`, which is what the service answers for a seed. */
export function seededRandom(seed: number): number {
  const mask = (1n << 48n) - 1n;
  let state = (BigInt(Math.trunc(seed)) ^ 0x5deece66dn) & mask;
  const next = (bits: bigint) => {
    state = (state * 0x5deece66dn + 0xbn) & mask;
    return state >> (48n - bits);
  };
  const high = next(26n) << 27n;
  return Number(high + next(27n)) / 2 ** 53;
}

function range(start?: number, end?: number, step?: number): number | number[] | undefined {
  if (start === undefined || end === undefined || step === undefined) return undefined;
  const [from, to, by] = [Math.trunc(start), Math.trunc(end), Math.trunc(step)];
  const length = by === 0 ? 0 : Math.floor((to - from) / by) + 1;
  if (length <= 0) return undefined;
  if (length > LONGEST_RANGE) {
    return refuse('', 'Expression evaluation memory limit exceeded: Check for excessive memory usage');
  }
  return length === 1 ? from : Array.from({ length }, (_, index) => from + index * by);
}

function partition(items?: unknown[], size?: number): unknown[][] | undefined {
  if (items === undefined || items.length === 0) return undefined;
  const chunk = size === undefined ? items.length : Math.trunc(size);
  if (chunk < 0) return refuse('D3137', 'Second argument must be zero or greater');
  if (chunk === 0) return undefined;
  return Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) =>
    items.slice(index * chunk, (index + 1) * chunk),
  );
}

function hash(text?: string, algorithm?: string): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  if (!HASHES.has(algorithm)) return refuse('D3137', `Unsupported hash algorithm: ${algorithm}`);
  return createHash(algorithm.replace('SHA-', 'sha').toLowerCase()).update(text).digest('hex');
}

function parse(text?: string): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return refuse('D3137', 'Invalid JSON');
  }
}

const formatInstant = jsonata('$fromMillis($at, $picture, $timezone)');

/**
 * Gives a compiled expression the six functions that the service adds to JSONata, takes `$eval` away, and
 * makes `$now` and `$millis` tell the engine's time.
 */
export function addFunctions(expression: jsonata.Expression, { now, random }: Surroundings): void {
  expression.registerFunction('parse', parse, '<s?:x>');
  expression.registerFunction('partition', partition, '<an?:a>');
  expression.registerFunction('range', range, '<nnn?:a>');
  expression.registerFunction('hash', hash, '<ss?:s>');
  expression.registerFunction('uuid', () => uuid(random), '<:s>');
  expression.registerFunction(
    'random',
    (seed?: number) => (seed === undefined ? random() : seededRandom(seed)),
    '<n?:n>',
  );
  expression.registerFunction('millis', now, '<:n>');
  expression.registerFunction(
    'now',
    (picture?: string, timezone?: string) =>
      formatInstant.evaluate(undefined, { at: now(), picture, timezone }),
    '<s?s?:s>',
  );
  expression.assign('eval', undefined);
}
