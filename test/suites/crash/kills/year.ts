/**
 * A whole year of a small city, acted by everybody at once where they act at once: agencies among themselves, handlers and
 * inspectors each on their own share. The clock stands where the script says, so that the year is the same however often it
 * is interrupted; it moves only when everything is acknowledged and at rest.
 */
import type { CycleView } from '../../../../infra/local/drive/year.ts';
import type { EvidenceRef } from '../../../../shared/domain/facts.ts';
import type { Settings } from '../../../../shared/domain/settings.ts';
import {
  answered,
  COMMITMENT,
  INSPECTORS,
  manyAgencies,
  pdf,
  registryFile,
  YEAR,
} from '../../../support/agencies.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Lives } from './lives.ts';
import { bring, dossierOf, type People, type Person } from './people.ts';

export const AGENCIES = manyAgencies(4);
const numbers = AGENCIES.map(({ filingNumber }) => filingNumber);
const [ARGUES = '', OBJECTS = '', RETURNED = '', SILENT = ''] = numbers;
const HANDLERS = ['handler-1', 'handler-2'];
export const STAFF = [
  ...HANDLERS,
  ...['approver-1', 'approver-2', 'director-1', 'auditor-1'],
  ...INSPECTORS.map(({ id }) => id),
];
export const BEGINNING = '2022-03-01T00:30:00.000Z';

export interface Scene {
  lives: Lives;
  as: People;
  acknowledged: Acknowledged;
}

const cyclePath = `/cycles/${YEAR}`;
const HOUR = 3_600_000;

/** Settings and registry, before anything else: on a folder that every run begins with. */
export async function prepare({ as }: Pick<Scene, 'as'>): Promise<void> {
  const handler = as('handler-1');
  const settings = {
    centre: '淮河市职业技能鉴定中心',
    city: '淮河市',
    sampling: { percent: 50, atLeast: 2 },
  };
  await handler.put('/profile', { settings });
  const file = registryFile(AGENCIES);
  const { digest } = await handler.post<{ digest: string }>('/agencies/import-preview', file);
  await handler.post('/agencies/import', { ...file, digest });
}

/** Lives the year to its end: the view of the published year. */
export async function live(scene: Scene): Promise<CycleView> {
  await scene.lives.moveTo('2022-03-01T01:00:00.000Z');
  for (let gates = 0; gates < 40; gates++) {
    const view = await scene.as('auditor-1').get<CycleView>(cyclePath);
    if (view.status !== 'open') return view;
    if (!view.gate) throw new Error('the year waits for nobody');
    await pass(scene, view.gate);
    await scene.lives.settled();
  }
  throw new Error('the year has no end');
}

type Gate = NonNullable<CycleView['gate']>;

async function later({ lives }: Scene, hours = 1): Promise<void> {
  await lives.moveTo(new Date(Date.parse(lives.now()) + hours * HOUR).toISOString());
}

async function pass(scene: Scene, gate: Gate): Promise<void> {
  await later(scene);
  switch (gate.gate) {
    case 'prepareNotice':
      await setUp(scene);
      return decide(scene, gate, 'handler-1');
    case 'collectSelfEvaluations':
      await collect(scene);
      return afterDeadline(scene, gate);
    case 'reviewAtDesk':
      return review(scene);
    case 'inspectOnSite':
      return inspect(scene);
    case 'answerDraftResults':
      await answer(scene);
      return afterDeadline(scene, gate);
    case 'receiveObjections':
      await object(scene);
      return afterDeadline(scene, gate);
    case 'prepareCircular':
      return decide(scene, gate, 'handler-1');
    case 'signCircular':
      return decide(scene, gate, 'director-1');
    default:
      return decide(scene, gate, 'approver-1');
  }
}

async function decide({ as, acknowledged }: Scene, { gate, attempt }: Gate, account: string): Promise<void> {
  const body = { attempt, verdict: 'approve', reason: '按规定办理' };
  await as(account).post(`${cyclePath}/gates/${gate}/decision`, body);
  acknowledged.entry('CYCLE', String(YEAR), 'gateDecided', account, { gate, attempt, verdict: 'approve' });
}

async function afterDeadline({ lives }: Scene, { deadline }: Gate): Promise<void> {
  if (deadline) await lives.moveTo(new Date(Date.parse(deadline) + 61 * 60_000).toISOString());
}

async function setUp({ as, acknowledged }: Scene): Promise<void> {
  const handler = as('handler-1');
  const cycle = ['CYCLE', String(YEAR)] as const;
  await handler.put(`${cyclePath}/inspectors`, INSPECTORS);
  acknowledged.entry(...cycle, 'inspectorsChanged', 'handler-1', {});
  const { settings } = await handler.get<{ settings: Settings }>(cyclePath);
  await handler.put(`${cyclePath}/settings`, { ...settings, visitWorkingDays: 9 });
  acknowledged.entry(...cycle, 'settingsChanged', 'handler-1', {});
}

const all = <T>(list: readonly T[], act: (one: T) => Promise<unknown>) => Promise.all(list.map(act));

/** Everybody but one files; one is handed its form back, and files again. */
async function collect(scene: Scene): Promise<void> {
  await all(
    numbers.filter((one) => one !== SILENT),
    (one) => file(scene, one, 2),
  );
  await later(scene, 24);
  await scene.as('handler-2').post(`${dossierOf(RETURNED)}/return`, { reason: '请补充台账' });
  scene.acknowledged.dossier(RETURNED, 'returned', 'handler-2');
  await later(scene, 24);
  await file(scene, RETURNED, 3);
}

async function file({ as, acknowledged }: Scene, filingNumber: string, files: number): Promise<void> {
  const agency = as(filingNumber);
  const path = dossierOf(filingNumber);
  let version = (await agency.get<{ version: number } | null>(`${path}/draft`))?.version ?? 0;
  let answers = answered();
  for (let n = 1; n <= files; n++) {
    const ref = await bring(agency, path, pdf(`${filingNumber} 的第 ${n} 份佐证材料，共 ${files} 份`));
    acknowledged.upload(filingNumber, ref);
    answers = answered(ref);
    const saved = await agency.put<{ version: number }>(`${path}/draft?version=${version}`, answers);
    version = saved.version;
    acknowledged.draft(filingNumber, version, answers);
  }
  const body = { answers, commitment: COMMITMENT };
  const { digest } = await agency.post<{ digest: string }>(`${path}/submission`, body);
  acknowledged.dossier(filingNumber, 'submitted', filingNumber, { digest });
}

interface Line {
  filingNumber: string;
  status: string;
  inspectors: string[];
}

async function inStatus({ as }: Scene, status: string): Promise<Line[]> {
  const page = await as('handler-1').get<{ records: Line[] }>(`${cyclePath}/dossiers`);
  return page.records.filter((line) => line.status === status);
}

/** Two handlers, each with their own half of the desk. */
async function review(scene: Scene): Promise<void> {
  const waiting = await inStatus(scene, 'submitted');
  await all(HANDLERS, async (account) => {
    const mine = waiting.filter((_one, index) => HANDLERS[index % HANDLERS.length] === account);
    for (const { filingNumber } of mine) {
      const handler = scene.as(account);
      const path = dossierOf(filingNumber);
      const { flags } = await handler.get<{ flags: { id: string; treatment?: unknown }[] }>(path);
      const open = flags.filter(({ treatment }) => !treatment).map(({ id }) => id);
      if (open.length > 0) {
        const body = { flags: open, treatment: 'accepted', reason: '已逐项核对' };
        await handler.post(`${path}/flag-treatments`, body);
        scene.acknowledged.dossier(filingNumber, 'flagsTreated', account);
      }
      await handler.post(`${path}/desk-review`, { corrections: [], reason: '与台账一致' });
      scene.acknowledged.dossier(filingNumber, 'deskReviewed', account);
    }
  });
}

/** All visits at once; the inspectors of one write one after the other. */
async function inspect(scene: Scene): Promise<void> {
  const finding = {
    answers: answered(),
    representative: { name: '李某', agrees: true },
    visitedOn: scene.lives.now().slice(0, 10),
  };
  await all(await inStatus(scene, 'visiting'), async ({ filingNumber, inspectors }) => {
    for (const inspector of inspectors) {
      await scene.as(inspector).post(`${dossierOf(filingNumber)}/findings`, finding);
      scene.acknowledged.dossier(filingNumber, 'findingRecorded', inspector);
    }
  });
}

const grounds = (evidence: EvidenceRef[]) => ({ items: ['A1'], reason: '我单位有不同意见', evidence });
const REJECTED = { verdict: 'rejected', reason: '经核对，原记录无误', corrections: [] };

/** Who can decide on an agency: somebody of the role who did not inspect it, which staff never did. */
async function answer(scene: Scene): Promise<void> {
  const { as, acknowledged } = scene;
  const drafted = await inStatus(scene, 'drafted');
  await all(drafted, async ({ filingNumber }) => {
    if (filingNumber === SILENT) return;
    const agency = as(filingNumber);
    if (filingNumber !== ARGUES) {
      await agency.post(`${dossierOf(filingNumber)}/draft-result-acceptance`, {});
      return acknowledged.dossier(filingNumber, 'draftResultAccepted', filingNumber);
    }
    const body = grounds([await broughtFor(scene, agency, filingNumber, '申辩')]);
    await agency.post(`${dossierOf(filingNumber)}/draft-result-answer`, body);
    acknowledged.dossier(filingNumber, 'draftResultAnswered', filingNumber);
  });
  await later(scene, 24);
  await as('handler-2').post(`${dossierOf(ARGUES)}/answer-decision`, REJECTED);
  acknowledged.dossier(ARGUES, 'answerDecided', 'handler-2');
}

async function object(scene: Scene): Promise<void> {
  const { as, acknowledged } = scene;
  const agency = as(OBJECTS);
  const body = grounds([await broughtFor(scene, agency, OBJECTS, '异议')]);
  await agency.post(`${dossierOf(OBJECTS)}/objections`, body);
  acknowledged.dossier(OBJECTS, 'objectionRaised', OBJECTS);
  await later(scene, 24);
  await as('approver-2').post(`${dossierOf(OBJECTS)}/objection-decision`, REJECTED);
  acknowledged.dossier(OBJECTS, 'objectionDecided', 'approver-2');
}

async function broughtFor({ acknowledged }: Scene, agency: Person, filingNumber: string, what: string) {
  const ref = await bring(agency, dossierOf(filingNumber), pdf(`${filingNumber} 的${what}材料`));
  acknowledged.upload(filingNumber, ref);
  return ref;
}
