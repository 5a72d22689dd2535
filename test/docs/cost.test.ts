import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COST_PAGE, withCost } from '../bench/cost/page.ts';

it('the page of costs is what the template, the measured years and the prices make (npm run cost)', () => {
  const page = readFileSync(COST_PAGE, 'utf8');
  expect(page).toBe(withCost(page));
}, 60_000);
