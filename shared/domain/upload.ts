/**
 * One file that an agency uploads as evidence 佐证材料, from the request to its attachment: a list of signed actions.
 * {@link UPLOAD_TRANSITIONS} says what may follow what.
 */
import * as z from 'zod/mini';
import { CivilDate } from './calendar.ts';
import { EVIDENCE_TYPE_NAMES } from './evidence-types.ts';
import type { EvidenceRef } from './facts.ts';
import { entryOf } from './history.ts';
import { NOTHING, Sha256 } from './schemas.ts';

export const UPLOAD_STATUSES = {
  requested: '待上传',
  pending: '待查毒',
  kept: '可用',
  attached: '已提交',
  refused: '已拒收',
  deleted: '已删除',
  expired: '已过期',
} as const;
export type UploadStatus = keyof typeof UPLOAD_STATUSES;

/** What the agency declares, and what the upload's URL is bound to. */
export const DeclaredFile = z.strictObject({
  fileName: z.string().check(
    z.minLength(1),
    z.maxLength(200),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a file name must not hold
    z.regex(/^[^/\\\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]+$/, '文件名不能含路径或控制字符'),
  ),
  contentType: z.enum(EVIDENCE_TYPE_NAMES),
  /** Bytes. */
  size: z.int().check(z.gte(1)),
  sha256: Sha256,
  /** 有效日期/形成日期: the day that the file dates from. */
  effectiveOn: CivilDate,
});
export type DeclaredFile = z.infer<typeof DeclaredFile>;

/** What looked for malware, and what it said. `notScanned`: the system is set up without a scanner. */
const Scan = z.strictObject({ result: z.enum(['clean', 'notScanned']), engine: z.string() });
export type Scan = z.infer<typeof Scan>;

export const UploadAction = z.lazy(() =>
  z.discriminatedUnion('type', [
    entryOf('requested', z.strictObject({ file: DeclaredFile, key: z.string(), urlExpiresAt: z.string() })),
    /** Asked for again when its URL was about to expire, or had expired. */
    entryOf('renewed', z.strictObject({ urlExpiresAt: z.string() })),
    /** Whole and harmless as far as its content tells; the scanner could not be asked. */
    entryOf('scanPostponed', NOTHING),
    /** Copied to the clean bucket: this very version and no other. */
    entryOf('kept', z.strictObject({ version: z.optional(z.string()), scan: Scan })),
    entryOf('refused', z.strictObject({ problem: z.string() })),
    entryOf('attached', NOTHING),
    entryOf('deleted', NOTHING),
    entryOf('expired', NOTHING),
  ]),
);
export type UploadAction = z.infer<typeof UploadAction>;
export type UploadActionType = UploadAction['type'];

export interface Upload {
  id: string;
  status: UploadStatus;
  file: DeclaredFile;
  /** Where it lies, in quarantine and in the clean bucket alike. */
  key: string;
  requestedAt: string;
  urlExpiresAt: string;
  version?: string | undefined;
  scan?: Scan;
  problem?: string;
  history: UploadAction[];
}

export const UPLOAD_TRANSITIONS: Record<
  UploadActionType,
  { from: readonly (UploadStatus | 'none')[]; to: UploadStatus }
> = {
  requested: { from: ['none'], to: 'requested' },
  renewed: { from: ['requested'], to: 'requested' },
  scanPostponed: { from: ['requested'], to: 'pending' },
  kept: { from: ['requested', 'pending'], to: 'kept' },
  refused: { from: ['requested', 'pending'], to: 'refused' },
  attached: { from: ['kept'], to: 'attached' },
  deleted: { from: ['requested', 'pending', 'kept'], to: 'deleted' },
  expired: { from: ['requested', 'pending'], to: 'expired' },
};

/** Statuses that count towards an agency's quota. */
export const LIVE_UPLOADS: readonly UploadStatus[] = ['requested', 'pending', 'kept', 'attached'];

/** Throws when the first action is not a request. */
export function uploadOf(id: string, history: readonly UploadAction[]): Upload {
  const [first] = history;
  if (first?.type !== 'requested') {
    throw new TypeError(`an upload does not begin with ${first?.type ?? 'nothing'}`);
  }
  const { file, key, urlExpiresAt } = first.data;
  let upload: Upload = {
    id,
    status: 'requested',
    file,
    key,
    requestedAt: first.at,
    urlExpiresAt,
    history: [],
  };
  for (const action of history) {
    upload = { ...upload, ...changes(action), status: UPLOAD_TRANSITIONS[action.type].to };
  }
  return { ...upload, history: [...history] };
}

function changes(action: UploadAction): Partial<Upload> {
  if (action.type === 'renewed') return { urlExpiresAt: action.data.urlExpiresAt };
  if (action.type === 'kept') return { version: action.data.version, scan: action.data.scan };
  return action.type === 'refused' ? { problem: action.data.problem } : {};
}

/** How an answer names the file. */
export function evidenceRef({ id, file }: Upload): EvidenceRef {
  const { fileName, sha256, effectiveOn } = file;
  return { id, fileName, sha256, effectiveOn };
}
