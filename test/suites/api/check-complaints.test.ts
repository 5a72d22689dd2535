/** The rules of stored complaints: they hold of complaints in every state, and each is told when it is broken. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import {
  COMPLAINTS,
  complaintKey,
  contactKey,
  dayKey,
  mentionsOf,
  toDoKey,
} from '../../../shared/app/complaints/complaint-records.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';
import type { StoredData, StoredItem } from '../../../shared/app/invariants/stored-data.ts';
import type { RecordKey } from '../../../shared/app/ports.ts';
import { genesisOf, keys } from '../../../shared/app/records.ts';
import type { Entry } from '../../../shared/domain/history.ts';
import { YEAR } from '../../support/agencies.ts';
import { copyOf, drop, itemAt, rewrite, signedBy } from '../../support/broken-data.ts';
import { actor, openCity } from '../../support/city.ts';
import { accept, act, complain, propose, settle } from '../../support/complaints.ts';
import { dossierPath, inStatus } from '../../support/passage.ts';

const dir = mkdtempSync(join(tmpdir(), 'xingping-complaint-rules-'));
let stored: StoredData;
const numbers = { open: '', upheld: '', refused: '', anonymous: '' };
let visited = '';
let inspector = '';

beforeAll(async () => {
  const city = await openCity({ dir });
  await city.start();
  await city.to('inspectOnSite');
  [visited = ''] = await inStatus(city, 'visiting');
  [inspector = ''] = (await city.dossier(visited)).visit?.inspectors ?? [];
  const about = { agency: { name: '某机构', filingNumber: visited } };
  const number = async (seed: string, changes: object) => (await complain(city, seed, changes)).number;
  numbers.open = await number('open', about);
  await accept(city, numbers.open, 'handler-1', visited);
  await propose(city, numbers.open, true);
  numbers.upheld = await number('upheld', about);
  await settle(city, numbers.upheld, true, visited);
  const sources = [{ title: '经查属实的投诉', on: '2022-01-10', complaint: numbers.upheld }];
  const proposal = { code: 'V2', reason: '查实替考', sources };
  await (await city.as('handler-2')).post(`${dossierPath(visited)}/veto-cases`, proposal);
  numbers.refused = await number('refused', about);
  const refusal = { verdict: 'refuse', answer: '不属于本中心职责' };
  await act(city, 'handler-1', numbers.refused, 'first-look', refusal);
  numbers.anonymous = await number('anonymous', { ...about, contact: {} });
  await city.close();
  stored = await readStoredData(dir);
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const problemsOf = async (data: StoredData) =>
  (await checkData(data)).flatMap(({ findings }) => findings.map(({ problem }) => problem));

const at = (key: RecordKey) => (item: StoredItem) => genesisOf(item) === genesisOf(key);

it('hold of complaints in every state', async () => {
  expect(await problemsOf(stored)).toEqual([]);
  expect(stored.items.filter(({ pk }) => pk === COMPLAINTS)).toHaveLength(4);
});

const BROKEN: [string, (data: StoredData) => void, string][] = [
  [
    'a text that was changed',
    (data) => {
      const [first] = itemAt(data, complaintKey(numbers.upheld)).entries as Entry[];
      Object.assign(first?.data ?? {}, { text: '没有这回事，一切都好。' });
    },
    '与其摘要或上一条记录不相连',
  ],
  [
    'a finding that was approved without being proposed',
    (data) =>
      rewrite(data, complaintKey(numbers.upheld), (all) =>
        all.filter(({ type }) => type !== 'findingProposed'),
      ),
    '当时的状态不允许审核通过',
  ],
  [
    'a finding approved by whoever proposed it',
    (data) =>
      rewrite(
        data,
        complaintKey(numbers.upheld),
        signedBy('findingApproved', actor('handler-1', 'approver')),
      ),
    '审核人经办过此件投诉',
  ],
  [
    'a finding approved by a handler',
    (data) => rewrite(data, complaintKey(numbers.upheld), signedBy('findingApproved', actor('handler-2'))),
    '经办人不能审核通过',
  ],
  [
    'a finding by an inspector of the agency',
    (data) =>
      rewrite(data, complaintKey(numbers.upheld), signedBy('findingProposed', actor(inspector, 'handler'))),
    '参加过该机构的检查',
  ],
  ['an open complaint that is on no list', (data) => drop(data, at(toDoKey(numbers.open))), '没有待办标记'],
  [
    'an upheld complaint that desk review and draw do not find',
    (data) => drop(data, at({ pk: mentionsOf(visited), sk: numbers.upheld })),
    '没有登记在被投诉机构名下',
  ],
  ['a contact that is lost', (data) => drop(data, at(contactKey(numbers.upheld))), '没有保存'],
  [
    'a contact of somebody else',
    (data) => {
      const { value } = itemAt(data, contactKey(numbers.upheld));
      Object.assign(value ?? {}, { reach: '13900000000' });
    },
    '与投诉记录中的摘要不符',
  ],
  [
    'a contact that should be erased',
    (data) => {
      const erased = { ...(itemAt(data, complaintKey(numbers.upheld)).entries as Entry[])[0] };
      rewrite(data, complaintKey(numbers.upheld), (all) => [
        ...all,
        {
          ...erased,
          type: 'contactErased',
          data: {},
          by: { id: 'system', name: '系统', role: 'system' },
        } as Entry,
      ]);
    },
    '已登记删除，但仍然保存',
  ],
  [
    'a contact without a complaint',
    (data) => data.items.push({ ...itemAt(data, contactKey(numbers.upheld)), sk: 'TS-0000-0000-0000' }),
    '没有对应的投诉',
  ],
  [
    'a day that counts fewer than came',
    (data) => {
      const day = data.items.find(({ pk }) => pk === dayKey('').pk);
      Object.assign(day ?? {}, { value: { version: 1 } });
    },
    '少于当日收到的投诉',
  ],
  [
    'a comparison with complaints that were not on record',
    (data) => {
      const counted = (entry: Entry) =>
        entry.type === 'flagged' ? { ...entry, data: { ...Object(entry.data), upheldComplaints: 3 } } : entry;
      rewrite(data, keys.dossier(YEAR, visited), (all) => all.map(counted));
    },
    '比对的属实投诉数与投诉登记不符',
  ],
  [
    'a case for a veto that rests on a complaint that was not upheld',
    (data) => {
      const about = (entry: Entry) => {
        if (entry.type !== 'vetoProposed') return entry;
        const sources = [{ title: '投诉', on: '2022-01-10', complaint: numbers.open }];
        return { ...entry, data: { ...Object(entry.data), sources } };
      };
      rewrite(data, keys.dossier(YEAR, visited), (all) => all.map(about));
    },
    '不是该机构本年度经查属实的投诉',
  ],
  [
    'preparers that the entries do not amount to',
    (data) => Object.assign(itemAt(data, complaintKey(numbers.open)), { preparers: new Set(['x']) }),
    '存储的状态与记录链推算的不符',
  ],
];

it.each(BROKEN)('%s: told', async (_what, breakIt, problem) => {
  const data = copyOf(stored);
  breakIt(data);
  expect((await problemsOf(data)).join('\n')).toContain(problem);
});

it('a contact that a crash left half taken or half erased is no fault while its mark stands', async () => {
  const data = copyOf(stored);
  const half = 'TS-0000-0000-0000';
  data.items.push({ ...itemAt(data, contactKey(numbers.upheld)), sk: half });
  data.items.push({ ...itemAt(data, toDoKey(numbers.open)), sk: half });
  expect(await problemsOf(data)).toEqual([]);
});
