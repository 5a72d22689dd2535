/** An inspector's device without a network: its key, and the packet that it makes of a visit. */
import type { CaptureKey } from '../../shared/domain/capture.ts';
import type { Finding } from '../../shared/domain/visit.ts';
import {
  type Capture,
  packetDigest,
  packetText,
  type VisitPacket,
} from '../../shared/domain/visit-packet.ts';

export interface Device {
  key: CaptureKey;
  pack(
    visit: { year: number; filingNumber: string; inspector: string },
    finding: Finding,
  ): Promise<VisitPacket>;
  /** The file of it. */
  write(...of: Parameters<Device['pack']>): Promise<string>;
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

export async function aDevice(): Promise<Device> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  let captures = 0;
  const pack: Device['pack'] = async (visit, finding) => {
    const capture: Capture = {
      format: 'xingping-visit-packet',
      version: 1,
      ...visit,
      finding,
      nonce: String(++captures).padStart(32, '0'),
      capturedAt: '2022-03-20T02:00:00.000Z',
      key: { x, y },
    };
    const digest = packetDigest(capture);
    const hash = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(hash, privateKey, new TextEncoder().encode(digest));
    return { ...capture, digest, signature: Buffer.from(signature).toString('base64url') };
  };
  return { key: { x, y }, pack, write: async (...of) => packetText(await pack(...of)) };
}
