/** The rules of the stored data: they hold of a year under way and of one that is published, and each is told when it is broken. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';
import type { StoredData, StoredObject } from '../../../shared/app/invariants/stored-data.ts';
import { keys } from '../../../shared/app/records.ts';
import { markedCases } from '../../../shared/app/veto-marks.ts';
import type { Answers } from '../../../shared/domain/facts.ts';
import { type Entry, SYSTEM } from '../../../shared/domain/history.ts';
import { aRate } from '../../domain/builders.ts';
import { POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { copyOf, drop, itemAt, rewrite, signedBy } from '../../support/broken-data.ts';
import { actor, openCity } from '../../support/city.ts';
import { dossierPath, upload } from '../../support/passage.ts';

const dir = mkdtempSync(join(tmpdir(), 'xingping-rules-'));
let underWay: StoredData;
let published: StoredData;

beforeAll(async () => {
  const city = await openCity({ dir, settings: { sampling: { percent: 100, atLeast: 2 } } });
  await city.start();
  await city.to('receiveObjections');
  const objection = { items: ['A1'], reason: '计划已公布，附网址', evidence: [await upload(city, STEEL)] };
  await (await city.as(STEEL)).post(`${dossierPath(STEEL)}/objections`, objection);
  const veto = async (account: string, what: string, body: object) =>
    (await city.as(account)).post(`${dossierPath(POWER)}/veto-${what}`, body);
  const sources = [{ title: '证书查询记录', on: '2022-02-20' }];
  await veto('handler-2', 'cases', { code: 'V3', reason: '滥发证书', sources });
  underWay = await readStoredData(dir);
  await veto(POWER, 'statement', { case: 'V3-1', reason: '按规定核发' });
  await veto('approver-1', 'confirmation', { case: 'V3-1', verdict: 'rejected', reason: '证据不足' });
  await (await city.as('approver-2')).post(`${dossierPath(STEEL)}/objection-decision`, {
    verdict: 'rejected',
    reason: '经核查，原认定正确',
    corrections: [],
  });
  await city.toEnd();
  published = await readStoredData(dir);
  await city.close();
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const findingsOf = async (data: StoredData) => (await checkData(data)).flatMap(({ findings }) => findings);

const entriesAt = (data: StoredData, key: { pk: string; sk: string }) => itemAt(data, key).entries as Entry[];

function objectIn({ objects }: StoredData, bucket: StoredObject['bucket']): StoredObject {
  const found = objects.find((object) => object.bucket === bucket);
  if (!found) throw new Error(`no object in ${bucket}`);
  return found;
}

const again = (type: string) => (entries: Entry[]) =>
  entries.flatMap((entry) => (entry.type === type ? [entry, entry] : [entry]));
const dossier = (filingNumber: string) => keys.dossier(YEAR, filingNumber);

describe('the rules of the stored data', () => {
  it('hold of a year under way and of a published one', async () => {
    expect(await findingsOf(underWay)).toEqual([]);
    expect(await findingsOf(published)).toEqual([]);
    expect((await checkData(published)).length).toBeGreaterThanOrEqual(16);
  });

  /** What is broken in a year under way, and what is said of it first. */
  const BROKEN: [string, (data: StoredData) => void, string][] = [
    [
      'a file of the stores is damaged',
      (data) => data.faults.push({ place: '流程库', problem: '文件损坏' }),
      '文件损坏',
    ],
    ['a row of an unknown kind', (data) => data.items.push({ pk: 'X', sk: 'Y' }), '不认识的记录类别'],
    [
      'a value that does not fit its schema',
      (data) => Object.assign(itemAt(data, keys.seed(YEAR)), { value: { seed: '短' } }),
      '内容不符合格式',
    ],
    [
      'an entry that is gone from the middle of a chain',
      (data) => void entriesAt(data, dossier(STEEL)).splice(1, 1),
      '与其摘要或上一条记录不相连',
    ],
    [
      'a last entry that is gone',
      (data) => void entriesAt(data, dossier(STEEL)).pop(),
      '记载的条数或末条摘要与记录链不符',
    ],
    [
      'a reason that was changed',
      (data) => Object.assign(entriesAt(data, keys.cycle(YEAR)).at(-1) ?? {}, { reason: '改' }),
      '与其摘要或上一条记录不相连',
    ],
    [
      'a status that the entries do not amount to',
      (data) => Object.assign(itemAt(data, dossier(STEEL)), { status: 'published' }),
      '存储的状态与记录链推算的不符',
    ],
    [
      'a set of inspectors that somebody is missing from',
      (data) => Object.assign(itemAt(data, dossier(STEEL)), { inspectors: new Set(['inspector-9']) }),
      '存储的状态与记录链推算的不符',
    ],
    [
      'a gate that was decided twice',
      (data) => rewrite(data, keys.cycle(YEAR), again('gateDecided')),
      '环节没有在等待，却有了决定或改期',
    ],
    [
      'a gate that opened while another waited',
      (data) => rewrite(data, keys.cycle(YEAR), again('gateOpened')),
      '上一环节尚未办结就进入了这一环节',
    ],
    [
      'a token that is lost',
      (data) => drop(data, ({ pk, sk }) => pk === keys.tokens(YEAR) && sk.startsWith('receiveObjections')),
      '等待的凭证没有保存',
    ],
    [
      'a token that belongs to no gate',
      (data) => data.items.push({ ...keys.token(YEAR, 'signCircular', 7), value: { token: 'x' } }),
      '凭证不属于任何环节',
    ],
    [
      'a run that has stopped while its year is open',
      (data) => Object.assign(data.executions[0] ?? {}, { status: 'ABORTED', waitsFor: undefined }),
      '却已停止',
    ],
    [
      'a run that nobody knows of',
      (data) => data.executions.push({ machine: 'annual-assessment', name: 'cycle-1999', status: 'RUNNING' }),
      '没有对应的记录',
    ],
    [
      'a mark that is missing where a gate waits',
      (data) => drop(data, ({ pk }) => pk === keys.waiting(YEAR, 'receiveObjections')),
      '却没有等待标记',
    ],
    [
      'a mark of an open case for a veto that is missing',
      (data) => drop(data, ({ pk }) => pk === markedCases(YEAR)),
      '一票否决案没有办结，却没有等待标记',
    ],
    [
      'a case for a veto that somebody may decide who proposed it',
      (data) => Object.assign(itemAt(data, dossier(POWER)), { vetoHands: new Set(['V3-1#handler-9']) }),
      '存储的状态与记录链推算的不符',
    ],
    [
      'evidence whose record is gone',
      (data) => drop(data, ({ pk }) => pk === keys.uploads(YEAR, STEEL)),
      '所附材料没有上传记录',
    ],
    [
      'evidence that is gone',
      (data) => void data.objects.splice(data.objects.indexOf(objectIn(data, 'evidence')), 1),
      '文件不存在',
    ],
    [
      'evidence of other bytes',
      (data) => Object.assign(objectIn(data, 'evidence'), { sha256: '0'.repeat(64) }),
      '文件与登记的大小或摘要不符',
    ],
    [
      'a file that no record names',
      (data) => data.objects.push({ ...objectIn(data, 'evidence'), key: '2021/unknown' }),
      '没有任何记录使用这个文件',
    ],
    [
      'an upload that nothing will clear away',
      (data) => {
        const own = data.items.find(({ pk }) => pk === keys.uploads(YEAR, POWER));
        rewrite(data, own ?? { pk: '', sk: '' }, ([first]) => (first ? [first] : []));
        Object.assign(own ?? {}, { status: 'requested' });
        for (const mark of data.items.filter(
          ({ pk, sk }) => pk.endsWith('#WAIT#uploads') && sk.startsWith(POWER),
        )) {
          data.items.splice(data.items.indexOf(mark), 1);
        }
      },
      '所附材料没有登记为已提交',
    ],
    [
      'a message in a stranger’s inbox',
      (data) => {
        const message = data.items.find(({ pk }) => pk === `INBOX#agency#${STEEL}`);
        Object.assign(message ?? {}, { pk: `INBOX#agency#${SCHOOL}` });
      },
      '消息不在其收件人的收件箱中',
    ],
    [
      'an occasion that was told twice',
      (data) => {
        const message = structuredClone(data.items.find(({ pk }) => pk === `INBOX#agency#${STEEL}`));
        const value = message?.value as { id: string };
        value.id = `${value.id.slice(0, -1)}x`;
        if (message) data.items.push({ ...message, sk: value.id });
      },
      '告知了两次',
    ],
    [
      'an objection that nobody was told of',
      (data) =>
        drop(
          data,
          ({ pk, value }) =>
            pk === 'INBOX#role#approver' && (value as { kind: string }).kind === 'objectionRaised',
        ),
      '没有告知',
    ],
    [
      'a step that was skipped',
      (data) => rewrite(data, dossier(TRAINING), (all) => all.filter(({ type }) => type !== 'deskReviewed')),
      '当时的状态不允许',
    ],
    [
      'a score that does not follow from the facts',
      (data) =>
        rewrite(data, dossier(SCHOOL), (all) =>
          all.map((entry) =>
            entry.type === 'scored'
              ? { ...entry, data: { sheet: { ...(entry.data as { sheet: object }).sheet, stars: 1 } } }
              : entry,
          ),
        ),
      '得分与所依据的事实不符',
    ],
    [
      'scores approved by somebody who prepared them',
      (data) => rewrite(data, dossier(SCHOOL), signedBy('deskReviewed', actor('approver-1', 'handler'))),
      '审批了自己参与的工作',
    ],
    [
      'a finding by somebody who was not sent',
      (data) => rewrite(data, dossier(SCHOOL), signedBy('findingRecorded', actor('inspector-9'))),
      '不是该机构的检查人员',
    ],
    [
      'a visit that ended while the records differed',
      (data) =>
        rewrite(data, dossier(SCHOOL), (all) => {
          const last = all.findLast(({ type }) => type === 'findingRecorded');
          return all.map((entry) => {
            if (entry !== last) return entry;
            const changed = structuredClone(entry.data) as { answers: Answers };
            changed.answers.items.A2 = { facts: aRate(1, 20) };
            return { ...entry, data: changed };
          });
        }),
      '没有确认的会商记录，检查却已结束',
    ],
    [
      'a visit with another tolerance than the year’s',
      (data) =>
        rewrite(data, dossier(SCHOOL), (all) =>
          all.map((entry) =>
            entry.type === 'visitAssigned'
              ? { ...entry, data: { ...(entry.data as object), tolerancePercent: 100 } }
              : entry,
          ),
        ),
      '允许差异与评估设置不符',
    ],
    [
      'an announcement that is not what was recorded',
      (data) => {
        const file = data.objects.find(({ key }) => key === `public/${YEAR}/announcement.json`);
        Object.assign(file ?? {}, { sha256: '0'.repeat(64) });
      },
      '与登记的摘要不符',
    ],
    [
      'a published file that was written twice',
      (data) => data.objects.push({ ...objectIn(data, 'reports'), version: 'another' }),
      '被写了两次',
    ],
  ];

  it.each(BROKEN)('%s: told', async (_what, breakIt, problem) => {
    const data = copyOf(underWay);
    breakIt(data);
    const findings = await findingsOf(data);
    expect(findings.map((finding) => finding.problem).join('\n')).toContain(problem);
  });

  it('an ended year whose run still waits: told', async () => {
    const data = copyOf(published);
    Object.assign(data.executions[0] ?? {}, { status: 'RUNNING', waitsFor: 'x' });
    expect((await findingsOf(data)).map(({ problem }) => problem).join()).toContain('却仍在等待');
  });

  it('a published file that was changed, and a chain that is not the archived one: told', async () => {
    const files = new Map(await published.reports(YEAR));
    const results = files.get('results.json') ?? new Uint8Array();
    files.set('results.json', new TextEncoder().encode(new TextDecoder().decode(results).replace('5', '4')));
    const changed = { ...copyOf(published), reports: async () => files };
    expect((await findingsOf(changed)).length).toBeGreaterThan(0);

    const other = copyOf(published);
    rewrite(other, keys.cycle(YEAR), (all) =>
      all.map((entry) => ({
        ...entry,
        by: entry.by.id === 'system' ? SYSTEM : { ...entry.by, name: '别人' },
      })),
    );
    expect((await findingsOf(other)).map(({ problem }) => problem)).toContain('归档的记录链与现有的不符');
  });
});
