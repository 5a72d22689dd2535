/** `npm run measure`: lives a small and a larger year and writes what they used to `test/bench/measured.json`. */
import { writeFileSync } from 'node:fs';
import { MEASURED } from './cost/page.ts';
import { measureYear } from './measured-year.ts';

const measured = [await measureYear({ agencies: 13 }), await measureYear({ agencies: 100 })];
writeFileSync(MEASURED, `${JSON.stringify(measured, null, 2)}\n`);
