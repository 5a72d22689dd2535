/**
 * Files on their way: each is hashed, announced, sent and checked. A cut line pauses it and the next chance goes on from the step
 * that it had reached; what had arrived already is not sent again. Several at once, two at a time.
 */
import * as z from 'zod/mini';
import {
  EVIDENCE_TYPE_NAMES,
  EVIDENCE_TYPES,
  type EvidenceType,
} from '../../../shared/domain/evidence-types.ts';
import { EvidenceRef } from '../../../shared/domain/facts.ts';
import { api, Problem } from '../session/api.ts';
import { digestOfFile } from '../ui/digest.ts';
import { messageOf } from '../ui/loading.ts';
import { dossierPath, type Own } from './dossier.ts';
import { LineCut, sendFile } from './send-file.ts';

const Grant = z.object({ id: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) });
type Grant = z.infer<typeof Grant>;

export const TRANSFER_STATES = {
  needsDate: '请填写形成日期',
  queued: '等待上传',
  hashing: '正在计算摘要',
  sending: '正在上传',
  checking: '正在检查内容',
  paused: '已暂停',
  cut: '连接中断，已暂停；恢复后自动继续',
  scanning: '等待查毒，稍后可再次确认',
  failed: '没有上传',
} as const;
export type TransferState = keyof typeof TRANSFER_STATES;

export interface Transfer {
  key: number;
  /** The item or bonus that it belongs to. */
  place: string;
  file: File;
  contentType: EvidenceType | undefined;
  /** 形成日期, as the agency says. */
  effectiveOn: string;
  state: TransferState;
  /** From 0 to 1. */
  progress: number;
  message?: string | undefined;
  sha256?: string;
  grant?: Grant | undefined;
  sent?: boolean;
}

const AT_ONCE = 2;
const RETRY_MS = 5_000;
const BUSY: readonly TransferState[] = ['hashing', 'sending', 'checking'];

export class Uploads {
  private readonly own: Own;
  private readonly accepted: Readonly<Record<string, number>>;
  private readonly onKept: (place: string, file: EvidenceRef) => void;
  private transfers: readonly Transfer[] = [];
  private readonly aborts = new Map<number, AbortController>();
  private readonly listeners = new Set<() => void>();
  private next = 1;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `accepted`: types with their limits in MB. */
  constructor(
    own: Own,
    accepted: Readonly<Record<string, number>>,
    onKept: (place: string, file: EvidenceRef) => void,
  ) {
    this.own = own;
    this.accepted = accepted;
    this.onKept = onKept;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    const again = () => this.resumeCut();
    window.addEventListener('online', again);
    return () => {
      this.listeners.delete(listener);
      window.removeEventListener('online', again);
    };
  };

  readonly state = (): readonly Transfer[] => this.transfers;

  /** @param effectiveOn the day of all of them, where the person has said it already */
  add(place: string, files: readonly File[], effectiveOn = ''): void {
    const added = files.map((file): Transfer => {
      const contentType = typeOf(file);
      const message = this.problemWith(file, contentType);
      const state = message ? 'failed' : effectiveOn ? 'queued' : 'needsDate';
      return { key: this.next++, place, file, contentType, effectiveOn, state, progress: 0, message };
    });
    this.transfers = [...this.transfers, ...added];
    this.work();
  }

  date(key: number, effectiveOn: string): void {
    this.update(key, { effectiveOn, state: effectiveOn ? 'queued' : 'needsDate', message: undefined });
    this.work();
  }

  pause(key: number): void {
    this.update(key, { state: 'paused' });
    this.aborts.get(key)?.abort();
  }

  resume(key: number): void {
    this.update(key, { state: 'queued', message: undefined });
    this.work();
  }

  drop(key: number): void {
    this.aborts.get(key)?.abort();
    this.transfers = this.transfers.filter((one) => one.key !== key);
    this.tell();
    this.work();
  }

  private problemWith({ name, size }: File, type: EvidenceType | undefined): string | undefined {
    const limit = type && this.accepted[type];
    if (limit === undefined) {
      const titles = EVIDENCE_TYPE_NAMES.filter((one) => this.accepted[one] !== undefined);
      return `不接受这种文件。可上传 ${titles.map((one) => EVIDENCE_TYPES[one].title).join('、')}`;
    }
    if (size === 0) return `《${name}》是空文件，请核对后重新选择`;
    return size > limit * 1024 * 1024 ? `超过该类型的大小上限 ${limit} MB，请压缩或分成几个文件` : undefined;
  }

  private resumeCut(): void {
    for (const { key, state } of this.transfers) if (state === 'cut') this.update(key, { state: 'queued' });
    this.work();
  }

  private work(): void {
    this.tell();
    const busy = this.transfers.filter(({ state }) => BUSY.includes(state)).length;
    const queued = this.transfers.filter(({ state }) => state === 'queued');
    for (const { key, sent, grant } of queued.slice(0, Math.max(0, AT_ONCE - busy))) {
      this.update(key, { state: sent ? 'checking' : grant ? 'sending' : 'hashing' });
      void this.carry(key);
    }
  }

  private find(key: number): Transfer | undefined {
    return this.transfers.find((one) => one.key === key);
  }

  private update(key: number, changes: Partial<Transfer>): void {
    this.transfers = this.transfers.map((one) => (one.key === key ? { ...one, ...changes } : one));
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private async carry(key: number): Promise<void> {
    const abort = new AbortController();
    this.aborts.set(key, abort);
    try {
      await this.announce(key);
      await this.send(key, abort.signal);
      await this.confirm(key);
    } catch (error) {
      this.stopped(key, error, abort.signal.aborted);
    } finally {
      this.aborts.delete(key);
      this.work();
    }
  }

  private async announce(key: number): Promise<void> {
    const transfer = this.find(key);
    if (!transfer || transfer.grant) return;
    const { file, contentType, effectiveOn } = transfer;
    const sha256 = transfer.sha256 ?? (await digestOfFile(file));
    this.update(key, { sha256 });
    const declared = { fileName: file.name, contentType, size: file.size, sha256, effectiveOn };
    const grant = await api.post(`${dossierPath(this.own)}/uploads`, declared, Grant);
    this.update(key, { grant });
  }

  private async send(key: number, signal: AbortSignal, again = true): Promise<void> {
    const transfer = this.find(key);
    if (!transfer?.grant || transfer.sent) return;
    this.update(key, { state: 'sending' });
    const onProgress = (progress: number) => this.update(key, { progress });
    const outcome = await sendFile(transfer.grant, transfer.file, onProgress, signal);
    if (outcome === 'expired') {
      this.update(key, { grant: undefined });
      if (!again) throw new Error('上传地址已失效，请重新选择文件上传');
      await this.announce(key);
      return this.send(key, signal, false);
    }
    this.update(key, { sent: true, progress: 1 });
  }

  private async confirm(key: number): Promise<void> {
    const transfer = this.find(key);
    if (!transfer?.grant || !transfer.sent) return;
    this.update(key, { state: 'checking' });
    const path = `${dossierPath(this.own)}/uploads/${transfer.grant.id}/confirmation`;
    const kept = await api.post(path, {}, EvidenceRef);
    this.transfers = this.transfers.filter((one) => one.key !== key);
    this.onKept(transfer.place, kept);
  }

  /** A line that was cut is no refusal; a refusal is final unless it says otherwise. */
  private stopped(key: number, error: unknown, paused: boolean): void {
    if (!this.find(key)) return;
    const code = error instanceof Problem ? error.code : undefined;
    if (paused) this.update(key, { state: 'paused' });
    else if (error instanceof LineCut || (error instanceof Problem && error.passing)) {
      this.update(key, { state: 'cut' });
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.resumeCut(), RETRY_MS);
    } else if (code === 'scanPostponed') this.update(key, { state: 'scanning' });
    else if (code === 'uploadMissing' || code === 'uploadExpired') {
      this.update(key, { state: 'paused', sent: false, grant: undefined, progress: 0 });
    } else this.update(key, { state: 'failed', message: messageOf(error) });
  }
}

/** By the name's end where the browser does not know the type. */
function typeOf({ name, type }: File): EvidenceType | undefined {
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  return EVIDENCE_TYPE_NAMES.find(
    (one) => one === type || EVIDENCE_TYPES[one].extensions.some((known) => known === extension),
  );
}
