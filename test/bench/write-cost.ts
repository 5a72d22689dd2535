/** `npm run cost`: computes `docs/cost.md` anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { COST_PAGE, withCost } from './cost/page.ts';

writeFileSync(COST_PAGE, withCost(readFileSync(COST_PAGE, 'utf8')));
