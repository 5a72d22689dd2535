/** Visits in places without a network: the device's key is registered beforehand, and the packet is handed in later, once. */
import * as z from 'zod/mini';
import { CaptureKey, captureKeyName, MOST_CAPTURE_KEYS, PacketSeal } from '../domain/capture.ts';
import type { Dossier } from '../domain/dossier.ts';
import type { Actor } from '../domain/history.ts';
import { readPacket, type VisitPacket } from '../domain/visit-packet.ts';
import type { Deps } from './ports.ts';
import { extendDossier, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { closeIfAgreed, openVisit, recordFinding } from './visits.ts';

export const NewCaptureKey = z.strictObject({ key: CaptureKey });
export type NewCaptureKey = z.infer<typeof NewCaptureKey>;

/** The packet's file as it is, byte for byte. */
export const HandedIn = z.strictObject({ content: z.string().check(z.minLength(1), z.maxLength(300_000)) });
export type HandedIn = z.infer<typeof HandedIn>;

/** Registers the key of a device on which an inspector is going to capture a visit. Once more is the same act. */
export async function registerCaptureKey(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { key }: NewCaptureKey,
): Promise<Dossier | Refusal> {
  const opened = await openVisit(deps, year, filingNumber, by);
  if (opened instanceof Refusal) return opened;
  const { dossier } = opened;
  const own = dossier.visit?.captureKeys[by.id] ?? [];
  if (own.some((one) => captureKeyName(by.id, one) === captureKeyName(by.id, key))) return dossier;
  if (dossier.visit?.findings[by.id]) return refuse('alreadyRecorded');
  if (own.length >= MOST_CAPTURE_KEYS) return refuse('captureKeysFull', { limit: MOST_CAPTURE_KEYS });
  return extendDossier(deps, dossier, by, { type: 'captureKeyRegistered', data: { key } });
}

/**
 * Takes a packet in as its inspector's record of the visit, from whatever machine it comes. The same packet once more is
 * the same act; another one is refused, and so is one of an earlier visit, whose keys are not this one's.
 */
export async function handInPacket(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { content }: HandedIn,
): Promise<Dossier | Refusal> {
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const { visit } = dossier;
  if (!visit?.inspectors.includes(by.id)) return refuse('notYours');
  const packet = readPacket(content);
  if (!packet) return refuse('packetDamaged');
  if (packet.year !== year || packet.filingNumber !== filingNumber || packet.inspector !== by.id) {
    return refuse('packetForeign');
  }
  if (isTakenIn(dossier, packet)) return finished(deps, dossier, by);
  if (visit.findings[by.id]) return refuse('alreadyRecorded');
  const seal = z.object(PacketSeal.shape).parse(packet);
  // Read when it is needed: most calls are about no packet.
  const { isSignedBy } = await import('../domain/packet-signature.ts');
  if (!isSignedBy(seal, visit.captureKeys[by.id] ?? [])) return refuse('packetUnsigned');
  const recorded = await recordFinding(deps, year, filingNumber, by, { ...packet.finding, packet: seal });
  if (!(recorded instanceof Refusal)) return recorded;
  // The same file from two windows at once: whoever was second is told the same.
  const since = await readDossier(deps, year, filingNumber);
  return !(since instanceof Refusal) && isTakenIn(since, packet) ? finished(deps, since, by) : recorded;
}

const isTakenIn = ({ visit }: Dossier, { inspector, digest }: VisitPacket): boolean =>
  visit?.findings[inspector]?.packet?.digest === digest;

/** Whatever a lost answer left undone is done, while it can be. */
async function finished(deps: Deps, dossier: Dossier, by: Actor): Promise<Dossier | Refusal> {
  const opened = await openVisit(deps, dossier.year, dossier.filingNumber, by);
  return opened instanceof Refusal ? dossier : closeIfAgreed(deps, opened.dossier);
}
