/** A run whose last step fails for good after it took a number: the number is given up, and later versions go on without it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { downloadYear } from '../../../infra/local/drive/output.ts';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import { verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import { readCorrectionRun } from '../../../shared/app/correction.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';
import { keys } from '../../../shared/app/records.ts';
import { expectDone } from '../../../shared/app/refusal.ts';
import { closeRun } from '../../../shared/app/steps/close-run.ts';
import { publishCorrection as publishStep } from '../../../shared/app/steps/correction.ts';
import { archiveRectification } from '../../../shared/app/steps/rectification.ts';
import { Reserved, type VersionView } from '../../../shared/app/versions.ts';
import type { AgencyChange } from '../../../shared/domain/correction.ts';
import {
  CORRECTION,
  decideCorrection,
  giveVerdict,
  proposeCorrection,
  publishCorrection,
  RECTIFICATION_RUN,
  recheck,
  rectificationRunOf,
  rectify,
} from '../../support/afterwards.ts';
import { POWER, SCHOOL, STEEL, YEAR } from '../../support/agencies.ts';
import { type City, openCity, refusalOf } from '../../support/city.ts';
import { failing } from '../../support/failing-step.ts';
import { dyingAfter } from '../../support/store.ts';

const CORRECT = {
  kind: 'correct',
  filingNumber: STEEL,
  corrections: ['A1', 'B2', 'B4', 'C1', 'E2'].map((item) => ({
    item,
    facts: { kind: 'checklist' as const, ticked: [] },
    reason: '事后查实未落实',
  })),
} satisfies AgencyChange;
const REVOKE = { kind: 'revoke', filingNumber: SCHOOL, grounds: '查实替考' } as const;

it('two runs that fail for good leave their numbers unused; what follows is published, verified and chained', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'xingping-abandoned-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  // The correction dies after each of its first writes and goes on, until one agency is corrected and the other is not.
  onTestFinished(
    failing('publish-correction', async (deps) => {
      for (let writes = 0; writes < 4; writes++) {
        await publishStep(dyingAfter(deps, writes), YEAR).catch(() => undefined);
      }
    }),
  );
  // The rectification writes every file of its version but the manifest.
  onTestFinished(
    failing('archive-rectification', async (deps) => {
      const { objects } = deps;
      const put: typeof objects.put = async (bucket, key, ...rest) => {
        if (key.endsWith('manifest.json')) throw new Error('stopped');
        await objects.put(bucket, key, ...rest);
      };
      await archiveRectification({ ...deps, objects: { ...objects, put } }, YEAR).catch(() => undefined);
    }),
  );
  const city = await openCity({ silent: [POWER], dir });
  const versions = async () =>
    (await (await fetch(`${city.runtime.origin}/api/public/${YEAR}/versions`)).json()) as VersionView[];
  const wrong = async () => {
    const { files } = await downloadYear(await city.as('auditor-1'), YEAR);
    const { checks } = verifyArchive(new Map(files.map(({ path, content }) => [path, content])));
    return checks.flatMap(({ findings }) => findings);
  };
  const correction = async () => expectDone(await readCorrectionRun(city.deps, YEAR));
  await city.start();
  await city.toEnd();
  await city.runtime.settled();

  await publishCorrection(city, CORRECT, REVOKE);
  expect(await correction()).toMatchObject({ status: 'failed', round: 1 });
  const changed = async (filingNumber: string) =>
    (await city.dossier(filingNumber)).history.flatMap((action) =>
      action.type === 'resultCorrected' || action.type === 'starRevoked' ? [action.data.version] : [],
    );
  expect([await changed(STEEL), await changed(SCHOOL)]).toEqual([[2], []]);
  expect((await versions()).map(({ version }) => version)).toEqual([1]);
  expect(await wrong()).toEqual([]);

  await rectify(city, POWER);
  await city.sweep();
  await recheck(city, POWER, true);
  await giveVerdict(city, POWER, 'passed');
  expect(await rectificationRunOf(city)).toMatchObject({ status: 'failed' });
  await (await city.as('handler-1')).post(RECTIFICATION_RUN, undefined);
  await city.runtime.settled();
  expect(await rectificationRunOf(city)).toMatchObject({ status: 'archived', round: 2 });
  expect((await versions()).map(({ version }) => version)).toEqual([1, 4]);
  expect(await wrong()).toEqual([]);

  // What was signed and begun is finished as it was signed, before anything else is corrected.
  const other = proposeCorrection(city, { ...REVOKE, grounds: '另有原因' });
  expect(await refusalOf(other)).toMatchObject({
    status: 409,
    code: 'correctionUnfinished',
    message: expect.stringContaining('据投诉核查'),
  });
  expect(await proposeCorrection(city, CORRECT, REVOKE)).toMatchObject({
    outcomes: [
      { filingNumber: STEEL, before: { stars: 5 }, after: { stars: 4 } },
      { filingNumber: SCHOOL, before: { stars: 5 }, after: { stars: 0 } },
    ],
  });
  await city.runtime.settled();
  const redraft = (await city.as('handler-2')).put(CORRECTION, { changes: [REVOKE], reason: '改' });
  expect(await refusalOf(redraft)).toMatchObject({ code: 'correctionUnfinished' });
  await decideCorrection(city, 'handler-1', 'prepareCorrection');
  await decideCorrection(city, 'approver-1', 'approveCorrection');
  await decideCorrection(city, 'director-1', 'signCorrection');
  expect(await correction()).toMatchObject({ status: 'published', round: 2 });
  expect([await changed(STEEL), await changed(SCHOOL)]).toEqual([[2], [5]]);
  const [first, fourth] = await versions();
  expect(await versions()).toMatchObject([
    { version: 1, supersededBy: 5 },
    { version: 4, kind: 'rectification', previousManifest: first?.manifest },
    { version: 5, kind: 'correction', supersedes: 1, previousManifest: fourth?.manifest },
  ]);
  const notice = await fetch(`${city.runtime.origin}/api/public/${YEAR}/v5/correction.json`);
  expect(await notice.json()).toMatchObject({
    changes: [
      { filingNumber: STEEL, before: 5, after: 4 },
      { filingNumber: SCHOOL, before: 5, after: 0 },
    ],
  });
  expect((await fetch(`${city.runtime.origin}/api/public/${YEAR}/v3/manifest.json`)).status).toBe(404);
  // Then anything may be corrected again.
  await city.sweep();
  expect(
    await proposeCorrection(city, { ...CORRECT, corrections: CORRECT.corrections.slice(1) }),
  ).toMatchObject({
    status: 'open',
  });
  await city.runtime.settled();
  expect(await wrong()).toEqual([]);
  await city.close();
  expect((await checkData(await readStoredData(dir))).flatMap(({ findings }) => findings)).toEqual([]);
}, 240_000);

it('a run is recorded as failed only once its number is given up, wherever that breaks off', async () => {
  const city: City = await openCity();
  onTestFinished(city.close);
  await city.start();
  await city.toEnd();
  failing('publish-correction', (deps) => publishStep(dyingAfter(deps, 1), YEAR).catch(() => undefined));
  await proposeCorrection(city, REVOKE);
  await city.runtime.settled();
  await decideCorrection(city, 'handler-1', 'prepareCorrection');
  await decideCorrection(city, 'approver-1', 'approveCorrection');
  const statuses: [string, boolean][] = [];
  const run = () => readCorrectionRun(city.deps, YEAR).then(expectDone);
  await city.deps.items.put(keys.version(YEAR, 2), { owner: `correction-${YEAR}-1` });
  for (let writes = 0; writes < 4; writes++) {
    const end = { type: 'failed' as const, error: 'TypeError' };
    await closeRun(dyingAfter(city.deps, writes), 'correction', YEAR, end).catch(() => undefined);
    const reserved = await city.deps.items.get(keys.version(YEAR, 2), Reserved);
    statuses.push([(await run()).status, reserved?.abandoned ?? false]);
  }
  expect(statuses).toEqual([
    ['open', false],
    ['open', true],
    ['failed', true],
    ['failed', true],
  ]);
}, 120_000);
