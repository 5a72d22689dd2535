/**
 * Exact arithmetic for points and per cents.
 *
 * Rubric numbers have at most three decimals, facts are whole numbers, so every amount is an integer count of
 * thousandths and every rate a pair of integers; comparisons multiply out and never divide.
 */

/** An amount in thousandths: 0.5 points is 500. */
export type Thousandths = number;

/** A non-negative rational number, as two integers. A denominator of 0 means that the rate is undefined. */
export interface Ratio {
  numerator: number;
  denominator: number;
}

/** True for a number with at most three decimals and a magnitude that stays exact in products. */
export function isExact(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= 1e6 && Math.round(value * 1000) / 1000 === value;
}

export function thousandths(value: number): Thousandths {
  if (!isExact(value)) throw new RangeError(`${value} has more than three decimals`);
  return Math.round(value * 1000);
}

/** Decimal text without trailing zeros: 500 → "0.5". */
export function decimal(amount: Thousandths): string {
  return String(amount / 1000);
}

/** Sign of `ratio × scale − limit`, exactly. `limit` in thousandths. */
export function compareScaled(ratio: Ratio, scale: number, limit: Thousandths): number {
  const [left, right] = [ratio.numerator * scale * 1000, limit * ratio.denominator];
  // A product that comes out below 2^53 is exact.
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return Math.sign(left - right);
  const difference =
    BigInt(ratio.numerator) * BigInt(scale) * 1000n - BigInt(limit) * BigInt(ratio.denominator);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** Cuts `ratio × scale` off (never up) after `places` decimals, so that print never climbs into the next band. */
export function truncated(ratio: Ratio, scale: number, places: number): string {
  const scaled = ratio.numerator * scale * 10 ** places;
  if (Number.isSafeInteger(scaled)) {
    return fixed((scaled - (scaled % ratio.denominator)) / ratio.denominator, places);
  }
  const shift = 10n ** BigInt(places);
  return fixed((BigInt(ratio.numerator) * BigInt(scale) * shift) / BigInt(ratio.denominator), places);
}

/** Rounds `ratio × scale` half up to `places` decimals. */
export function roundedHalfUp(ratio: Ratio, scale: number, places: number): string {
  return roundedFraction(BigInt(ratio.numerator) * BigInt(scale), BigInt(ratio.denominator), places);
}

/** The mean of `ratios × scale`, rounded half up once, at the end. */
export function meanRoundedHalfUp(ratios: readonly Ratio[], scale: number, places: number): string {
  let [numerator, denominator] = [0n, 1n];
  for (const ratio of ratios) {
    const [n, d] = [BigInt(ratio.numerator), BigInt(ratio.denominator)];
    const common = divisor(denominator, d);
    numerator = numerator * (d / common) + n * (denominator / common);
    denominator = (denominator / common) * d;
  }
  return roundedFraction(numerator * BigInt(scale), denominator * BigInt(ratios.length), places);
}

/** The greatest common divisor. */
function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

function roundedFraction(numerator: bigint, denominator: bigint, places: number): string {
  const shift = 10n ** BigInt(places);
  return fixed((numerator * shift * 2n + denominator) / (denominator * 2n), places);
}

function fixed(units: bigint | number, places: number): string {
  if (places === 0) return String(units);
  const digits = String(units).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
