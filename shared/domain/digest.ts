/** Digests of JSON values. No more than a hash and a canonical form, so that they can be repeated anywhere. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** SHA-256 in hexadecimal of a text's UTF-8 bytes. */
export function digestOfText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 in hexadecimal of a value's canonical JSON (RFC 8785). */
export function digestOf(value: unknown): string {
  return digestOfText(canonicalJson(value));
}

export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}
