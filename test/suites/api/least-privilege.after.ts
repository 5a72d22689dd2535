/** What the years of this suite called, against what `infra/permissions.ts` grants and the stack deploys. */
import { expect, inject, it } from 'vitest';
import { FUNCTIONS } from '../../../functions/catalogue.ts';
import { BATCH, type Grant, grantsOf, PERMISSIONS } from '../../../infra/permissions.ts';
import { usesIn, useText } from '../../support/uses.ts';

const batches = Object.keys(PERMISSIONS).filter((name) =>
  BATCH.every((action) => PERMISSIONS[name]?.table?.includes(action)),
);

/** GuardDuty's verdicts are tags, and messages go out through a topic or a mail server in a secret: one machine has none of them. */
const ONLY_ON_AWS = ['s3:GetObjectTagging', 'sns:Publish', 'secretsmanager:GetSecretValue'];

it('grants nothing that no year of this suite calls (run all of it: npm run test:api)', () => {
  const uses = usesIn(inject('uses') ?? '');
  // Reading a page and setting an agency aside is one piece of code for all steps that do it: lived once, it counts for each.
  const lived = (name: string, grant: Grant) =>
    batches.includes(name) && BATCH.some((action) => grant.action === `dynamodb:${action}`)
      ? batches.some((batch) => uses.has(useText(batch, grant)))
      : uses.has(useText(name, grant));
  const idle = Object.keys(FUNCTIONS).flatMap((name) =>
    grantsOf(name)
      .filter((grant) => !ONLY_ON_AWS.includes(grant.action) && !lived(name, grant))
      .map((grant) => useText(name, grant)),
  );
  expect(idle, 'granted in infra/permissions.ts, but called in no year of test/suites/api').toEqual([]);
});
