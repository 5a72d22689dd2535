/** Which scanner looks at uploads: `none`, `guardduty`, or ClamAV's daemon as `clamd://127.0.0.1:3310` or `clamd:/run/clamav/clamd.ctl`. */
import type { S3Client } from '@aws-sdk/client-s3';
import type { MalwareScanner, ScannerKind } from '../../app/ports.ts';
import { clamavScanner } from './clamav.ts';
import { guardDutyScanner } from './guard-duty.ts';

export const SCANNER_SETTING = /^(none|guardduty|clamd:\/\/[\w.-]+:\d{1,5}|clamd:\/[^/].*)$/;

export function scannerFor(
  setting: string | undefined,
  s3: S3Client,
  quarantineBucket: string,
): MalwareScanner {
  if (setting === 'none') return NO_SCANNER;
  if (setting === 'guardduty') return guardDutyScanner(s3, quarantineBucket);
  const [, host, port] = /^clamd:\/\/([\w.-]+):(\d+)$/.exec(setting ?? '') ?? [];
  if (host && port) return clamavScanner({ host, port: Number(port) });
  const [, path] = /^clamd:(\/.+)$/.exec(setting ?? '') ?? [];
  return path ? clamavScanner({ path }) : NOT_TO_BE_USED;
}

/** What a valid setting names. */
export function scannerKind(setting: string): ScannerKind {
  if (setting === 'guardduty') return 'guardDuty';
  return setting === 'none' ? 'none' : 'clamav';
}

/** The system is set up without a scanner: files are taken as not scanned, and every screen says so. */
const NO_SCANNER: MalwareScanner = {
  kind: 'none',
  scan: async () => ({ result: 'notScanned', engine: 'none' }),
};

/** What a function has that does not name the setting: it lets nothing pass. */
const NOT_TO_BE_USED: MalwareScanner = { kind: 'none', scan: async () => ({ result: 'unavailable' }) };
