/** What the years of this suite called, against what `infra/permissions.ts` grants and the stack deploys. */
import { expect, inject, it } from 'vitest';
import { FUNCTIONS } from '../../../functions/catalogue.ts';
import { grantsOf } from '../../../infra/permissions.ts';
import { usesIn, useText } from '../../support/uses.ts';

it('grants nothing that no year of this suite calls: run the whole suite with npm run test:api', () => {
  const uses = usesIn(inject('uses') ?? '');
  const granted = Object.keys(FUNCTIONS).flatMap((name) =>
    grantsOf(name).map((grant) => useText(name, grant)),
  );
  expect(granted.filter((grant) => !uses.has(grant))).toEqual([]);
});
