/**
 * Timing in one process: rounds of all candidates in turn, by the processor time that each takes, so that what else the
 * machine does is not counted, and what it slows down falls on each alike.
 */

export interface Candidate {
  name: string;
  /** One unit of work. */
  run(): void | Promise<void>;
}

/** Median units a second of processor time of each candidate, in the order given. */
export async function ratesOf(candidates: readonly Candidate[], rounds = 5, roundMilliseconds = 300) {
  const rates = candidates.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, candidate] of candidates.entries()) {
      const rate = await rateOf(candidate, roundMilliseconds);
      // The first round warms up.
      if (round > 0) rates[index]?.push(rate);
    }
  }
  return rates.map(median);
}

async function rateOf({ run }: Candidate, milliseconds: number): Promise<number> {
  const start = performance.now();
  const used = process.cpuUsage();
  let units = 0;
  do {
    const result = run();
    if (result) await result;
    units += 1;
  } while (performance.now() - start < milliseconds);
  const { user, system } = process.cpuUsage(used);
  return (units / (user + system)) * 1e6;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The value below which this share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A line of the table that the bench prints. */
export interface Line {
  what: string;
  ours: string;
  peer: string;
  ratio: string;
  asked: string;
  holds: boolean;
}
