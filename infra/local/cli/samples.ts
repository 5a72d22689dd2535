import { fileURLToPath } from 'node:url';

/** The sample folders, in the order of their years. */
export const SAMPLES = [2021, 2022].map((year) =>
  fileURLToPath(new URL(`../../../docs/sample/huainan-${year}`, import.meta.url)),
);
