/** `npm run measure`: lives a small and a larger year and writes what they used to `test/bench/measured.json`. */
import { writeFileSync } from 'node:fs';
import { MEASURED } from './cost/page.ts';
import { liveYear } from './years.ts';

const measured = [liveYear(13, false), liveYear(100, false)];
writeFileSync(MEASURED, `${JSON.stringify(measured, null, 2)}\n`);
