import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OPENAPI } from '../../../infra/describe-api.ts';
import { aCity, refusalOf } from '../../support/city.ts';

it('describes itself to anybody', async () => {
  const city = await aCity({ agencies: [] });
  const response = await fetch(`${city.runtime.origin}/api/openapi.json`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(JSON.parse(readFileSync(OPENAPI, 'utf8')));
});

it('refuses a query parameter that the route does not name', async () => {
  const city = await aCity({ agencies: [] });
  const refused = await refusalOf((await city.as('auditor-1')).get('/cycles?status=open'));
  expect(refused).toMatchObject({ status: 400, code: 'invalidRequest' });
  expect(refused.message).toContain('status');
});
