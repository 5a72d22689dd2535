/** How heavy the functions are that are deployed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FUNCTIONS } from '../../../functions/catalogue.ts';
import { PERMISSIONS } from '../../../infra/permissions.ts';
import { bundledFunction } from '../../bench/bundles.ts';

const MOST_BYTES = 1.5 * 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'xingping-bundles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(Object.keys(FUNCTIONS))('%s weighs no more than 1.5 MB, if it renders no documents', async (name) => {
  const { bytes } = await bundledFunction(name, folder);
  if (PERMISSIONS[name]?.fonts) expect(bytes).toBeLessThan(2 * MOST_BYTES);
  else expect(bytes).toBeLessThan(MOST_BYTES);
});
