/** Files that records rest on: each has its signed history, which says the same of it and that it was checked and kept. */
import * as z from 'zod/mini';
import type { EvidenceRef } from '../../domain/facts.ts';
import { canonicalJson } from '../../domain/history.ts';
import { evidenceRef, UPLOAD_TRANSITIONS, type Upload, UploadAction, uploadOf } from '../../domain/upload.ts';
import { keys } from '../records.ts';
import { chainFindings, fieldOf } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';
import { type ArchiveFiles, readJson } from './files.ts';

const UPLOADS = 'uploads.json';

/** Where a record names files, and when. */
export interface Naming {
  filingNumber: string;
  /** The entry: `history.json，档案 S000034040005 第 2 条`. */
  place: string;
  at: string;
  files: readonly EvidenceRef[];
}

const Layout = z.record(z.string(), z.record(z.string(), z.array(z.unknown())));

export function checkUploads(files: ArchiveFiles, year: number, named: readonly Naming[]): Check {
  const { value, findings: unreadable } = readJson(files, UPLOADS);
  const title = '所附材料的上传记录';
  const layout = Layout.safeParse(value);
  if (!layout.success) {
    const wrong = [{ place: UPLOADS, problem: `结构不符：${fieldOf(layout.error)}` }];
    return { title, scope: UPLOADS, findings: unreadable.length > 0 ? unreadable : wrong };
  }
  const findings = [...unreadable];
  const uploads = new Map<string, Upload>();
  for (const [filingNumber, own] of Object.entries(layout.data)) {
    for (const [id, entries] of Object.entries(own)) {
      const place = `${UPLOADS}，${filingNumber} 的上传 ${id}`;
      const { upload, findings: wrong } = readUploadChain(year, filingNumber, id, entries, place);
      findings.push(...wrong);
      if (upload) uploads.set(`${filingNumber}/${id}`, upload);
      const isNamed = named.some(
        (one) => one.filingNumber === filingNumber && one.files.some((f) => f.id === id),
      );
      if (!isNamed) findings.push({ place, problem: '没有任何记录使用这个文件' });
    }
  }
  for (const naming of named) findings.push(...wrongFiles(uploads, naming));
  return { title, scope: `${uploads.size} 个文件`, findings };
}

function readUploadChain(
  year: number,
  filingNumber: string,
  id: string,
  stored: unknown[],
  place: string,
): { upload?: Upload; findings: Finding[] } {
  const at = (seq: number) => `${place} 第 ${seq} 条`;
  const key = keys.upload(year, filingNumber, id);
  const { entries, findings } = chainFindings(stored, key, UploadAction, place, at);
  if (findings.length > 0) return { findings };
  if (entries[0]?.type !== 'requested')
    return { findings: [{ place: at(1), problem: '没有从申请上传开始' }] };
  let status: Upload['status'] | 'none' = 'none';
  for (const { type, seq } of entries) {
    const { from, to } = UPLOAD_TRANSITIONS[type];
    if (!from.includes(status)) findings.push({ place: at(seq), problem: '当时的状态不允许这一步' });
    status = to;
  }
  return { upload: uploadOf(id, entries), findings };
}

function wrongFiles(
  uploads: ReadonlyMap<string, Upload>,
  { filingNumber, place, at, files }: Naming,
): Finding[] {
  return files.flatMap((file): Finding[] => {
    const where = `${place}，“${file.fileName}”`;
    const upload = uploads.get(`${filingNumber}/${file.id}`);
    if (!upload) return [{ place: where, problem: `${UPLOADS} 中没有所附材料的上传记录` }];
    if (canonicalJson(evidenceRef(upload)) !== canonicalJson(file)) {
      return compared(where, '所附材料与上传记录不符', file, evidenceRef(upload));
    }
    const attached = upload.history.find(({ type }) => type === 'attached');
    if (attached && attached.at <= at) return [];
    return [{ place: where, problem: '提交时所附材料没有登记为已提交' }];
  });
}
