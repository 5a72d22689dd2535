/** What may happen to an upload, and in which order. */
import { describe, expect, it } from 'vitest';
import { type Actor, digestOf, seal } from '../../shared/domain/history.ts';
import {
  DeclaredFile,
  evidenceRef,
  LIVE_UPLOADS,
  UPLOAD_STATUSES,
  UPLOAD_TRANSITIONS,
  UploadAction,
  type UploadActionType,
  type UploadStatus,
  uploadOf,
} from '../../shared/domain/upload.ts';

const FILE = DeclaredFile.parse({
  fileName: '年度计划.pdf',
  contentType: 'application/pdf',
  size: 100,
  sha256: digestOf('x'),
  effectiveOn: '2021-06-30',
});
const DATA: Record<UploadActionType, object> = {
  requested: { file: FILE, key: '2021/a', urlExpiresAt: '2022-03-01T02:10:00.000Z' },
  renewed: { urlExpiresAt: '2022-03-01T02:20:00.000Z' },
  scanPostponed: {},
  kept: { version: 'v1', scan: { result: 'clean', engine: 'ClamAV' } },
  refused: { problem: 'macros' },
  attached: {},
  deleted: {},
  expired: {},
};
const WAY_TO: Record<UploadStatus, UploadActionType[]> = {
  requested: ['requested'],
  pending: ['requested', 'scanPostponed'],
  kept: ['requested', 'kept'],
  attached: ['requested', 'kept', 'attached'],
  refused: ['requested', 'refused'],
  deleted: ['requested', 'deleted'],
  expired: ['requested', 'expired'],
};

function history(types: readonly UploadActionType[]): UploadAction[] {
  const by: Actor = { id: 'a', name: 'a', role: 'agency' };
  const entries: UploadAction[] = [];
  for (const type of types) {
    const entry = { at: new Date('2022-03-01T02:00:00Z'), by, type, data: DATA[type] };
    entries.push(UploadAction.parse(seal(entries, 'upload', entry)));
  }
  return entries;
}

it.each(Object.keys(UPLOAD_STATUSES) as UploadStatus[])('is %s after its actions', (status) => {
  expect(uploadOf('u1', history(WAY_TO[status])).status).toBe(status);
});

it('begins with a request', () => {
  expect(() => uploadOf('u1', [])).toThrow('nothing');
  expect(() => uploadOf('u1', history(['kept']))).toThrow('kept');
});

describe('the table of transitions', () => {
  const after = (type: UploadActionType) => UPLOAD_TRANSITIONS[type].from;

  it('lets only checked files be attached, and never lets an attached one go', () => {
    expect(after('attached')).toEqual(['kept']);
    const leaving = Object.entries(UPLOAD_TRANSITIONS).filter(([, { from }]) => from.includes('attached'));
    expect(leaving).toEqual([]);
  });

  it('knows no way out of refused, deleted and expired', () => {
    for (const end of ['refused', 'deleted', 'expired'] as const) {
      expect(Object.values(UPLOAD_TRANSITIONS).filter(({ from }) => from.includes(end))).toEqual([]);
      expect(LIVE_UPLOADS).not.toContain(end);
    }
  });
});

it('is named by what was declared, the effective date too', () => {
  const { fileName, sha256, effectiveOn } = FILE;
  expect(evidenceRef(uploadOf('u1', history(WAY_TO.kept)))).toEqual({
    id: 'u1',
    fileName,
    sha256,
    effectiveOn,
  });
});

it.each(['../计划.pdf', 'a\\b.pdf', 'a\u0000.pdf', 'cod\u202efdp.exe', ''])(
  'has no name like %j',
  (fileName) => {
    expect(DeclaredFile.safeParse({ ...FILE, fileName }).success).toBe(false);
  },
);
