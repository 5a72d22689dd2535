/** Who signed a packet. Apart from the packet itself, so that the portal signs with the browser's own means and does not carry this. */
import { p256 } from '@noble/curves/nist.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CaptureKey, PacketSeal } from './capture.ts';
import { canonicalJson } from './digest.ts';

/** Whether a packet's digest was signed with its own key, and that key is one of those registered for the visit. */
export function isSignedBy(
  { key, digest, signature }: PacketSeal,
  registered: readonly CaptureKey[],
): boolean {
  if (!registered.some((one) => canonicalJson(one) === canonicalJson(key))) return false;
  try {
    const point = concatBytes(Uint8Array.of(4), bytesOf(key.x), bytesOf(key.y));
    return p256.verify(bytesOf(signature), utf8ToBytes(digest), point, { lowS: false });
  } catch {
    // Not a point of the curve, or no numbers of a signature: signed by nobody.
    return false;
  }
}

function bytesOf(base64url: string): Uint8Array {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
