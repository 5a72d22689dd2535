/** The packet 离线检查包: a captured visit as one file, whole and signed or refused. */
import * as z from 'zod/mini';
import { FilingNumber } from './agency.ts';
import { PacketSeal } from './capture.ts';
import { canonicalJson, digestOf } from './digest.ts';
import { Words } from './schemas.ts';
import { Finding } from './visit.ts';

export const VisitPacket = z.strictObject({
  format: z.literal('xingping-visit-packet'),
  version: z.literal(1),
  year: z.int(),
  filingNumber: FilingNumber,
  /** The inspector's id. */
  inspector: Words,
  finding: Finding,
  ...PacketSeal.shape,
});
export type VisitPacket = z.infer<typeof VisitPacket>;

/** A packet before it has its digest and its signature. */
export type Capture = Omit<VisitPacket, 'digest' | 'signature'>;

/** The digest of a packet: over the canonical JSON of everything but itself and the signature, which is over the digest. */
export function packetDigest(capture: Capture): string {
  const { format, version, year, filingNumber, inspector, finding, nonce, capturedAt, key } = capture;
  return digestOf({ format, version, year, filingNumber, inspector, finding, nonce, capturedAt, key });
}

/** The file's one and only form. */
export const packetText = (packet: VisitPacket): string => `${canonicalJson(packet)}\n`;

/** Reads a packet's file; undefined where one byte is not as it was written, whatever it is. */
export function readPacket(text: string): VisitPacket | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text, wholeCharacters);
  } catch {
    return undefined;
  }
  const parsed = VisitPacket.safeParse(content);
  if (!parsed.success || packetText(parsed.data) !== text) return undefined;
  return packetDigest(parsed.data) === parsed.data.digest ? parsed.data : undefined;
}

/** Half a character could not be sealed. */
function wholeCharacters(key: string, value: unknown): unknown {
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed()))
    throw new SyntaxError('half a character');
  return value;
}
