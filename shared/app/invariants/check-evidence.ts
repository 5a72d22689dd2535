/** Files: every claim's evidence is there, unchanged and of its digest; no file lies where no record names it. */
import type { Dossier } from '../../domain/dossier.ts';
import type { EvidenceRef } from '../../domain/facts.ts';
import { canonicalJson } from '../../domain/history.ts';
import type { Rectification } from '../../domain/rectification.ts';
import { evidenceRef, UPLOAD_STATUSES, UPLOAD_TRANSITIONS, type Upload } from '../../domain/upload.ts';
import { type Check, compared, type Finding } from '../archive/check.ts';
import { filesCorrectedWith, filesNamedIn } from '../evidence.ts';
import { markedUploads } from '../uploads/upload-records.ts';
import { CHAINS, statesOf } from './families.ts';
import type { StoredData, StoredObject } from './stored-data.ts';

interface Owned {
  year: number;
  filingNumber: string;
  upload: Upload;
}

export function checkEvidence(data: StoredData): Check[] {
  const { items, objects } = data;
  const uploads = items
    .filter(({ pk }) => CHAINS.upload.pk.test(pk))
    .flatMap((item) => {
      const [, year, , filingNumber = ''] = item.pk.split('#');
      return statesOf([item], CHAINS.upload).map(
        (upload): Owned => ({ year: Number(year), filingNumber, upload }),
      );
    });
  const claims = [
    ...statesOf(items, CHAINS.dossier).flatMap(claimed),
    ...statesOf(items, CHAINS.rectification).flatMap(corrected),
  ];
  const kept = objects.filter(({ bucket }) => bucket === 'evidence');
  const waiting = objects.filter(({ bucket }) => bucket === 'quarantine');
  const seenTo = new Set(
    items.filter(({ pk }) => uploads.some(({ year }) => markedUploads(year) === pk)).map(({ sk }) => sk),
  );
  return [
    {
      title: '所附材料',
      scope: `${claims.length} 处引用`,
      findings: claims.flatMap((claim) => claimFindings(uploads, claim)),
    },
    {
      title: '上传记录和文件',
      scope: `${uploads.length} 次上传，${kept.length + waiting.length} 个文件`,
      findings: [
        ...uploads.flatMap((owned) => uploadFindings(kept, seenTo, owned)),
        ...strayFindings(uploads, seenTo, [...kept, ...waiting]),
      ],
    },
  ];
}

interface Claim {
  year: number;
  filingNumber: string;
  place: string;
  file: EvidenceRef;
}

function claimed({ year, filingNumber, history }: Dossier): Claim[] {
  return history.flatMap((action) =>
    filesNamedIn(action).map((file) => ({
      year,
      filingNumber,
      file,
      place: `${year} 年度档案 ${filingNumber} 第 ${action.seq} 条`,
    })),
  );
}

function corrected({ year, filingNumber, history }: Rectification): Claim[] {
  return history.flatMap((action) => {
    const place = `${year} 年度整改 ${filingNumber} 第 ${action.seq} 条`;
    return filesCorrectedWith(action).map((file) => ({ year, filingNumber, file, place }));
  });
}

function claimFindings(uploads: readonly Owned[], { year, filingNumber, place, file }: Claim): Finding[] {
  const owned = uploads.find(
    (one) => one.year === year && one.filingNumber === filingNumber && one.upload.id === file.id,
  );
  const at = `${place}，“${file.fileName}”`;
  if (!owned) return [{ place: at, problem: '所附材料没有上传记录' }];
  const { upload } = owned;
  if (upload.status !== 'attached') {
    return [{ place: at, problem: '所附材料没有登记为已提交', recorded: UPLOAD_STATUSES[upload.status] }];
  }
  return canonicalJson(evidenceRef(upload)) === canonicalJson(file)
    ? []
    : compared(at, '所附材料与上传记录不符', file, evidenceRef(upload));
}

function uploadFindings(
  kept: readonly StoredObject[],
  seenTo: ReadonlySet<string>,
  { year, filingNumber, upload }: Owned,
): Finding[] {
  const place = `${year} 年度 ${filingNumber} 的上传 ${upload.id}`;
  const findings = outOfOrder(upload, place);
  const { status, key, version, file } = upload;
  if (status === 'requested' || status === 'pending') {
    const marked = seenTo.has(`${filingNumber}#${upload.id}`);
    return marked ? findings : [...findings, { place, problem: '没有等待标记，过期后不会被清理' }];
  }
  if (status !== 'kept' && status !== 'attached') return findings;
  const object = kept.find((one) => one.key === key && one.version === version);
  if (object?.sha256 === undefined) return [...findings, { place, problem: '文件不存在' }];
  const actual = { size: object.size, sha256: object.sha256 };
  const { size, sha256 } = file;
  return [...findings, ...compared(place, '文件与登记的大小或摘要不符', { size, sha256 }, actual)];
}

function outOfOrder({ history }: Upload, place: string): Finding[] {
  let status: Upload['status'] | 'none' = 'none';
  for (const { type, seq } of history) {
    const { from, to } = UPLOAD_TRANSITIONS[type];
    if (!from.includes(status))
      return [{ place: `${place}，第 ${seq} 条`, problem: '当时的状态不允许这一步' }];
    status = to;
  }
  return [];
}

/** Objects that no upload names, unless the upload is still being seen to. */
function strayFindings(
  uploads: readonly Owned[],
  seenTo: ReadonlySet<string>,
  objects: readonly StoredObject[],
): Finding[] {
  return objects
    .filter(({ bucket, key, version }) => {
      const owned = uploads.find(({ upload }) => upload.key === key);
      if (!owned) return true;
      const { status, version: named } = owned.upload;
      const isNamed =
        bucket === 'evidence' && version === named && (status === 'kept' || status === 'attached');
      return !isNamed && !seenTo.has(`${owned.filingNumber}#${owned.upload.id}`);
    })
    .map(({ bucket, key, version }) => ({
      place: `文件 ${bucket}/${key}（${version}）`,
      problem: '没有任何记录使用这个文件',
    }));
}
