/** ClamAV's protocol against a daemon that misbehaves, and GuardDuty's tags. The real daemon has a suite of its own. */

import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { SCANNER_SETTING, scannerFor } from '../../shared/adapters/scanners/index.ts';
import { aDaemon, answering } from '../support/clamd.ts';

const client = new S3Client({ region: 'eu-central-1' });
async function* content(): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < 40; piece++) yield new Uint8Array(64 * 1024).fill(piece);
}
const scan = (setting: string, seconds = 5) =>
  scannerFor(setting, client, 'q').scan('2021/x', content, seconds);

describe('ClamAV', () => {
  it.each([
    ['stream: OK\0', { result: 'clean', engine: 'ClamAV' }],
    [
      'stream: Win.Test.EICAR_HDB-1 FOUND\0',
      { result: 'infected', engine: 'ClamAV', finding: 'Win.Test.EICAR_HDB-1' },
    ],
    ['stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0', { result: 'unscannable', engine: 'ClamAV' }],
    ['stream: Heuristics.Encrypted.PDF FOUND\0', { result: 'unscannable', engine: 'ClamAV' }],
    ['INSTREAM size limit exceeded. ERROR\0', { result: 'unavailable' }],
    ['stream: OK', { result: 'unavailable' }],
    ['', { result: 'unavailable' }],
  ])('that answers %j is understood', async (answer, outcome) => {
    expect(await scan((await aDaemon(answering(answer))).setting)).toEqual(outcome);
  });

  it('that has had enough and hangs up half way is unavailable', async () => {
    const daemon = await aDaemon((socket) => {
      socket.once('data', () => socket.destroy());
    });
    expect(await scan(daemon.setting)).toEqual({ result: 'unavailable' });
  });

  it('that never answers is given up after the time', async () => {
    const daemon = await aDaemon((socket) => void socket.resume());
    expect(await scan(daemon.setting, 0.3)).toEqual({ result: 'unavailable' });
  });

  it('that is not there is unavailable', async () => {
    expect(await scan('clamd://127.0.0.1:1')).toEqual({ result: 'unavailable' });
    expect(await scan('clamd:/nowhere/clamd.ctl')).toEqual({ result: 'unavailable' });
  });
});

describe('GuardDuty', () => {
  it.each([
    ['NO_THREATS_FOUND', { result: 'clean', engine: 'GuardDuty' }],
    ['THREATS_FOUND', { result: 'infected', engine: 'GuardDuty', finding: 'THREATS_FOUND' }],
    ['UNSUPPORTED', { result: 'unscannable', engine: 'GuardDuty' }],
    ['ACCESS_DENIED', { result: 'unavailable' }],
    ['FAILED', { result: 'unavailable' }],
    [undefined, { result: 'unavailable' }],
  ])('that tagged the object %s', async (verdict, outcome) => {
    const tagged = new S3Client({ region: 'eu-central-1' });
    tagged.middlewareStack.add(
      () => async () => ({
        response: {},
        output: {
          $metadata: {},
          TagSet: verdict ? [{ Key: 'GuardDutyMalwareScanStatus', Value: verdict }] : [],
        },
      }),
      { step: 'initialize' },
    );
    expect(await scannerFor('guardduty', tagged, 'q').scan('2021/x', content, 1)).toEqual(outcome);
  });
});

describe('the setting', () => {
  it.each(['none', 'guardduty', 'clamd://127.0.0.1:3310', 'clamd:/run/clamav/clamd.ctl'])(
    'may be %s',
    (setting) => {
      expect(setting).toMatch(SCANNER_SETTING);
    },
  );
  it.each(['', 'clamav', 'clamd', 'clamd://x', 'http://127.0.0.1:3310'])('may not be %j', (setting) => {
    expect(setting).not.toMatch(SCANNER_SETTING);
  });
  it('none lets files pass as not scanned, and a function without the setting lets none pass', async () => {
    expect(await scan('none')).toEqual({ result: 'notScanned', engine: 'none' });
    expect(await scannerFor(undefined, client, 'q').scan('k', content, 1)).toEqual({ result: 'unavailable' });
  });
});
