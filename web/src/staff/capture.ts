/**
 * Captures on this device: its key for a visit, and the packet that it signs. The private half is not extractable and stays
 * in this browser's own database: a packet can be copied anywhere, but made only here.
 */
import * as z from 'zod/mini';
import { CaptureKey } from '../../../shared/domain/capture.ts';
import { type Capture, packetDigest, packetText } from '../../../shared/domain/visit-packet.ts';
import { findingOf, type Kept, type Place, registerKey } from './visit-record.ts';

const Stored = z.object({ key: CaptureKey, privateKey: z.instanceof(CryptoKey) });
type Stored = z.infer<typeof Stored>;

/** Browsers give their cryptography to secure origins only. */
export const canCapture = (): boolean => globalThis.crypto?.subtle !== undefined;

/** Makes a key for the visit and registers it; the API must be reached. */
export async function prepare(place: Place): Promise<void> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const key = z.object(CaptureKey.shape).parse(await crypto.subtle.exportKey('jwk', pair.publicKey));
  // Stored first: a key that was registered is never one that this device has lost.
  await store(place, { key, privateKey: pair.privateKey });
  await registerKey(place, key);
}

/** This device's public key for a visit, if it has one. */
export async function ownKey(place: Place): Promise<CaptureKey | undefined> {
  return (await stored(place))?.key;
}

/** The file of a signed record. Made again, it holds the same and counts as the same. */
export async function packetOf(place: Place, { written, signedAt, nonce }: Kept): Promise<string> {
  const own = await stored(place);
  if (!own || !signedAt || !nonce) throw new Error('本机没有为本次检查登记，不能导出离线检查包');
  const capture: Capture = {
    format: 'xingping-visit-packet',
    version: 1,
    year: Number(place.year),
    filingNumber: place.filingNumber,
    inspector: place.person,
    finding: findingOf(written),
    nonce,
    capturedAt: signedAt,
    key: own.key,
  };
  const digest = packetDigest(capture);
  const hash = { name: 'ECDSA', hash: 'SHA-256' };
  const signed = await crypto.subtle.sign(hash, own.privateKey, new TextEncoder().encode(digest));
  return packetText({ ...capture, digest, signature: base64url(new Uint8Array(signed)) });
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

const KEYS = 'keys';
const nameOf = ({ person, year, filingNumber }: Place) => `${person}:${year}:${filingNumber}`;

async function store(place: Place, value: Stored): Promise<void> {
  await inKeys('readwrite', (keys) => keys.put(value, nameOf(place)));
}

async function stored(place: Place): Promise<Stored | undefined> {
  if (!canCapture()) return undefined;
  return Stored.safeParse(await inKeys('readonly', (keys) => keys.get(nameOf(place)))).data;
}

async function inKeys(
  mode: IDBTransactionMode,
  work: (keys: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const opening = indexedDB.open('xingping-capture', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(KEYS);
  const database = (await settled(opening)) as IDBDatabase;
  try {
    return await settled(work(database.transaction(KEYS, mode).objectStore(KEYS)));
  } finally {
    database.close();
  }
}

function settled(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
