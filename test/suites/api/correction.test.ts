/** What was published is superseded or revoked by a version beside it, never edited. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redraftCorrection } from '../../../shared/app/correction.ts';
import { decideGate } from '../../../shared/app/decide-gate.ts';
import type { VersionView } from '../../../shared/app/versions.ts';
import type { AgencyChange } from '../../../shared/domain/correction.ts';
import type { Facts } from '../../../shared/domain/facts.ts';
import type { GateName } from '../../../shared/domain/gates.ts';
import { CORRECTION, decideCorrection, proposeCorrection } from '../../support/afterwards.ts';
import { EXCLUDED, POWER, STEEL, UNKNOWN, YEAR } from '../../support/agencies.ts';
import { actor, type City, openCity, refusalOf } from '../../support/city.ts';

const NOTHING: Facts = { kind: 'checklist', ticked: [] };
/** Fifteen points less: four stars instead of five. */
const WORSE = ['A1', 'B2', 'B4', 'C1', 'E2'].map((item) => ({
  item,
  facts: NOTHING,
  reason: '事后查实未落实',
}));
const CORRECT = { kind: 'correct' as const, filingNumber: STEEL, corrections: WORSE } satisfies AgencyChange;
const REVOKE = { kind: 'revoke', filingNumber: POWER, grounds: '查实替考' } as const;

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.start();
}, 60_000);
afterAll(() => city.close());

const propose = (...changes: object[]) => proposeCorrection(city, ...changes);
const decide = (account: string, gate: GateName, verdict = 'approve') =>
  decideCorrection(city, account, gate, verdict);
const published = async (path: string) =>
  (await fetch(`${city.runtime.origin}/api/public/${YEAR}/${path}`)).json();
const versions = async () => (await published('versions')) as VersionView[];

interface Circular {
  annex: { filingNumber: string; stars: number }[];
}
const starsOf = async (file: string) =>
  Object.fromEntries(
    ((await published(file)) as Circular).annex.map(({ filingNumber, stars }) => [filingNumber, stars]),
  );

it('is refused before publication, for agencies without a result, facts that do not fit, and twice at once', async () => {
  await city.to('signCircular');
  expect(await refusalOf(propose(CORRECT))).toMatchObject({ code: 'notPublished' });
  await city.toEnd();
  await city.runtime.settled();
  expect(await refusalOf(propose({ ...REVOKE, filingNumber: UNKNOWN }))).toMatchObject({ code: 'notFound' });
  expect(await refusalOf(propose({ ...REVOKE, filingNumber: EXCLUDED }))).toMatchObject({ code: 'notFound' });
  expect(await refusalOf(propose(REVOKE, REVOKE))).toMatchObject({ code: 'invalidRequest' });
  const unfit = { ...CORRECT, corrections: [{ item: 'A2', facts: NOTHING, reason: '错' }] };
  expect(await refusalOf(propose(unfit))).toMatchObject({ code: 'factsInvalid' });
});

it('shows what it would change, and changes nothing before the director has signed', async () => {
  const before = await starsOf('circular.json');
  expect(await propose(CORRECT, REVOKE)).toMatchObject({
    status: 'open',
    outcomes: [
      { filingNumber: STEEL, before: { stars: 5 }, after: { stars: 4, total: '85.00' } },
      { filingNumber: POWER, before: { stars: 5 }, after: { stars: 0, result: '撤销星级' } },
    ],
  });
  await city.runtime.settled();
  expect(await refusalOf(propose(CORRECT))).toMatchObject({ code: 'runUnderWay' });
  await decide('handler-1', 'prepareCorrection');
  // Whoever drafted does not approve, in whatever role they come; nobody redrafts what is not theirs to draft now.
  const own = await decideGate(city.deps, YEAR, actor('handler-1', 'approver'), {
    gate: 'approveCorrection',
    attempt: 1,
    verdict: 'approve',
    reason: '同意',
  });
  expect(own).toMatchObject({ code: 'ownWork' });
  const draft = { changes: [CORRECT], reason: '改' };
  expect(await redraftCorrection(city.deps, YEAR, actor('handler-2'), draft)).toMatchObject({
    code: 'gateNotOpen',
  });
  await decide('approver-1', 'approveCorrection', 'return');
  await (await city.as('handler-2')).put(CORRECTION, {
    changes: [CORRECT, REVOKE],
    reason: '据投诉核查，补充依据',
  });
  await decide('handler-1', 'prepareCorrection');
  await decide('approver-1', 'approveCorrection');
  expect((await versions()).map(({ version }) => version)).toEqual([1]);
  expect(await starsOf('circular.json')).toEqual(before);
});

it('is previewed with the figures as they would be, and writes nothing', async () => {
  const handler = await city.as('handler-1');
  const before = await handler.get(CORRECTION);
  const preview = (changes: object[], account = 'handler-1') =>
    city.as(account).then((client) => client.post(`${CORRECTION}-preview`, { changes }));
  const seen = await preview([CORRECT, REVOKE]);
  expect(seen).toMatchObject({ outcomes: [{ after: { stars: 4 } }, { after: { result: '撤销星级' } }] });
  const { figures } = seen as { figures: Record<string, { bands: { stars: number; count: number }[] }> };
  const five = (of: string) => figures[of]?.bands.find(({ stars }) => stars === 5)?.count ?? 0;
  expect(five('before') - five('after')).toBe(2);
  expect(await refusalOf(preview([REVOKE, REVOKE]))).toMatchObject({ code: 'invalidRequest' });
  expect(await refusalOf(preview([REVOKE], 'auditor-1'))).toMatchObject({ status: 403 });
  expect(await handler.get(CORRECTION)).toEqual(before);
});

it('publishes a version that supersedes the earlier one; both are shown and the chain of manifests holds', async () => {
  const [old] = await versions();
  const first = await (await fetch(`${city.runtime.origin}/api/public/${YEAR}/circular.json`)).text();
  await decide('director-1', 'signCorrection');
  expect(await versions()).toMatchObject([
    { version: 1, kind: 'results', supersededBy: 2, manifest: old?.manifest },
    { version: 2, kind: 'correction', supersedes: 1, supersededBy: null, previousManifest: old?.manifest },
  ]);
  expect(await (await fetch(`${city.runtime.origin}/api/public/${YEAR}/circular.json`)).text()).toBe(first);
  const now = await starsOf('v2/circular.json');
  expect([now[STEEL], now[POWER]]).toEqual([4, undefined]);
  expect(await published('v2/correction.json')).toMatchObject({
    supersedes: 1,
    reason: '据投诉核查，补充依据',
    changes: [
      { filingNumber: STEEL, kind: 'correct', before: 5, after: 4, grounds: null },
      { filingNumber: POWER, kind: 'revoke', before: 5, after: 0, grounds: '查实替考' },
    ],
  });
  const steel = await city.dossier(STEEL);
  expect(steel.history.at(-1)).toMatchObject({ type: 'resultCorrected', data: { version: 2 } });
  expect(steel.sheet?.items[0]).toMatchObject({ code: 'A1', earned: '0', source: 'correction' });
  expect(steel.history.filter(({ type }) => type === 'published')).toHaveLength(1);
});

it('a second correction supersedes the first; a star that was revoked does not come back, and is not revoked twice', async () => {
  expect(await refusalOf(propose(REVOKE))).toMatchObject({ code: 'nothingToRevoke' });
  expect(await refusalOf(propose({ ...CORRECT, corrections: [] }))).toMatchObject({ code: 'invalidRequest' });
  await propose({ ...CORRECT, filingNumber: POWER });
  await city.runtime.settled();
  await decide('handler-1', 'prepareCorrection');
  await decide('approver-1', 'approveCorrection');
  await decide('director-1', 'signCorrection');
  expect((await versions()).map(({ supersededBy }) => supersededBy)).toEqual([2, 3, null]);
  expect((await starsOf('v3/circular.json'))[POWER]).toBeUndefined();
  expect(await published('v3/correction.json')).toMatchObject({ changes: [] });
});
