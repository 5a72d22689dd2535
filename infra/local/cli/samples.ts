import { fileURLToPath } from 'node:url';

const sample = (year: number) =>
  fileURLToPath(new URL(`../../../docs/sample/huainan-${year}`, import.meta.url));

/** The sample folders that are run to their end, in the order of their years. */
export const SAMPLES = [2021, 2022].map(sample);
/** The year after them, which the demo leaves at self-evaluation. */
export const SAMPLE_UNDER_WAY = sample(2023);
