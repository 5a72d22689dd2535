/** Every hour: scans that were postponed are tried again, abandoned uploads expire, and what is done with leaves quarantine. */
import type { Cycle } from '../../domain/cycle.ts';
import type { Upload } from '../../domain/upload.ts';
import type { Deps, Page } from '../ports.ts';
import { allOf, cycleKind, keys } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { isAhead, Waiting } from '../waiting-marks.ts';
import { confirmUpload } from './confirm-upload.ts';
import { extendUpload, isOver, markedUploads, type Owner, readUpload, unmark } from './upload-records.ts';

const SCAN_SECONDS = 300;
const PAGE = 100;

export interface UploadSweepReport {
  seen: number;
  cleared: number;
  failed: number;
}

export async function sweepUploads(deps: Deps): Promise<UploadSweepReport> {
  const report = { seen: 0, cleared: 0, failed: 0 };
  for await (const { year } of allOf(deps, cycleKind, keys.cycle(0).pk)) await sweepYear(deps, year, report);
  return report;
}

async function sweepYear(deps: Deps, year: Cycle['year'], report: UploadSweepReport): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Page<{ sk: string; value: Waiting }> = await deps.items.page(
      markedUploads(year),
      Waiting,
      cursor,
      PAGE,
    );
    for (const { sk, value: mark } of page.records) {
      const [filingNumber = '', id = ''] = sk.split('#');
      report.seen++;
      try {
        if (await seeTo(deps, { year, filingNumber }, id, mark)) report.cleared++;
      } catch (error) {
        // One file's trouble keeps no other waiting; the next sweep tries again.
        report.failed++;
        deps.log.error('UPLOAD_SWEEP_FAILED', { year, upload: id }, error);
      }
    }
    cursor = page.cursor;
  } while (cursor !== null);
}

/** Whether there is nothing left to be done about the upload. */
async function seeTo(deps: Deps, owner: Owner, id: string, mark: Waiting): Promise<boolean> {
  const lost = await scanAgain(deps, owner, id);
  const upload = await readUpload(deps, owner, id);
  const now = deps.clock.now();
  if (upload && !isOver(upload, now)) return false;
  if (isAhead(mark, upload?.history.length ?? 0, now)) return false;
  if (upload?.status === 'requested' || (upload?.status === 'pending' && lost)) {
    const reason = lost ? '等待查毒期间文件已被清除' : '未在规定时间内完成上传';
    const expired = await extendUpload(deps, owner, upload, { type: 'expired', data: {}, reason });
    if (expired instanceof Refusal) return false;
  } else if (upload?.status === 'pending') return false;
  if (upload) await throwAway(deps, upload);
  await unmark(deps, owner, id, mark.version + 1);
  return true;
}

/** Whether a file that waits for its scan is gone: what nobody could scan for days does not stay in quarantine for ever. */
async function scanAgain(deps: Deps, owner: Owner, id: string): Promise<boolean> {
  if ((await readUpload(deps, owner, id))?.status !== 'pending') return false;
  const outcome = await confirmUpload(deps, owner, id, SCAN_SECONDS);
  return outcome instanceof Refusal && outcome.code === 'uploadMissing';
}

/** What is in quarantine, and a copy that no record names. Only once nothing can arrive any more. */
async function throwAway(deps: Deps, upload: Upload): Promise<void> {
  await deps.objects.remove({ bucket: 'quarantine', key: upload.key });
  if (upload.status === 'kept' || upload.status === 'attached') return;
  const copy = await deps.objects.head('evidence', upload.key);
  if (copy) await deps.objects.remove({ bucket: 'evidence', key: upload.key, version: copy.version });
}

export async function removeDeletedCopy(deps: Deps, { status, key, version }: Upload): Promise<void> {
  if (status === 'deleted' && version) await deps.objects.remove({ bucket: 'evidence', key, version });
}
