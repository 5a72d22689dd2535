/**
 * Captures of a visit that are handed in later as one signed file: the key of the inspector's device, made and registered
 * while it has a network, and what is recorded of a packet beside its finding. ECDSA over P-256 with SHA-256, which every
 * browser's own cryptography knows; the private half never leaves the device.
 */
import * as z from 'zod/mini';
import { Instant } from './calendar.ts';
import { Sha256 } from './schemas.ts';

/** The public half of a device's key, as in a JSON Web Key. */
export const CaptureKey = z.strictObject({
  x: z.string().check(z.regex(/^[\w-]{43}$/)),
  y: z.string().check(z.regex(/^[\w-]{43}$/)),
});
export type CaptureKey = z.infer<typeof CaptureKey>;

/** What identifies a packet and proves who made it. */
export const PacketSeal = z.strictObject({
  nonce: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  /** When it was signed, by the device's own clock. */
  capturedAt: Instant,
  key: CaptureKey,
  digest: Sha256,
  // 64 bytes in base64url, in their only spelling: the last character has four bits to spare.
  signature: z.string().check(z.regex(/^[\w-]{85}[AQgw]$/)),
});
export type PacketSeal = z.infer<typeof PacketSeal>;

/** A key with whose it is, as one text: a member of the set that the store's condition looks into. */
export const captureKeyName = (inspector: string, { x, y }: CaptureKey): string => `${inspector}#${x}.${y}`;

/** How many devices an inspector may register for one visit. */
export const MOST_CAPTURE_KEYS = 10;
