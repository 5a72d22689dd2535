import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { PacketSeal } from '../../shared/domain/capture.ts';
import { isSignedBy } from '../../shared/domain/packet-signature.ts';
import { packetDigest, packetText, readPacket, type VisitPacket } from '../../shared/domain/visit-packet.ts';
import { aDevice, type Device } from '../support/capturing.ts';
import { filing } from './builders.ts';
import { claimed } from './dossier-builders.ts';

const visit = { year: 2021, filingNumber: filing(1), inspector: 'inspector-1' };
const finding = { answers: claimed, representative: { name: '李某', agrees: true }, visitedOn: '2022-03-20' };
const sealOf = (packet: VisitPacket) => z.object(PacketSeal.shape).parse(packet);

let device: Device;
let packet: VisitPacket;
beforeAll(async () => {
  device = await aDevice();
  packet = await device.pack(visit, finding);
});

describe('a packet', () => {
  it('is read as it was written', () => {
    expect(readPacket(packetText(packet))).toEqual(packet);
  });

  it('is not read after any one byte was changed, taken out or put in', () => {
    const text = packetText(packet);
    const at = fc.nat({ max: text.length - 1 });
    const change = fc.tuple(at, fc.constantFrom('', ' ', '0', '9', 'a', '"', '\\', '有'), fc.boolean());
    fc.assert(
      fc.property(change, ([place, char, inserted]) => {
        const changed = text.slice(0, place) + char + text.slice(inserted ? place : place + 1);
        fc.pre(changed !== text);
        const read = readPacket(changed);
        // The signature is no part of the digest: it fails by itself.
        return read === undefined || !isSignedBy(sealOf(read), [device.key]);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['', 'null', '[]', '{}', '{"format":"xingping-visit-packet"}', '"\\ud800"'])(
    'is not %j',
    (text) => {
      expect(readPacket(text)).toBeUndefined();
    },
  );

  it('is not read with half a character in it, even if the digest fits', () => {
    const half = { ...packet, inspector: 'inspector-\ud800' };
    const text = packetText(packet).replace('"inspector-1"', String.raw`"inspector-\ud800"`);
    expect(readPacket(text)).toBeUndefined();
    expect(half.inspector.isWellFormed()).toBe(false);
  });
});

describe('a packet’s signature', () => {
  it('is that of a key that was registered, and of no other', async () => {
    const other = await aDevice();
    expect(isSignedBy(sealOf(packet), [other.key, device.key])).toBe(true);
    expect(isSignedBy(sealOf(packet), [other.key])).toBe(false);
    expect(isSignedBy(sealOf(packet), [])).toBe(false);
  });

  it('does not hold for another digest, by another key, or where the key is no point of the curve', async () => {
    const other = await aDevice();
    const foreign = { ...packet, key: other.key };
    const digest = packetDigest(foreign);
    expect(isSignedBy({ ...sealOf(packet), digest }, [device.key])).toBe(false);
    expect(isSignedBy({ ...sealOf(foreign), digest }, [device.key, other.key])).toBe(false);
    const nowhere = { x: 'A'.repeat(43), y: 'A'.repeat(43) };
    expect(isSignedBy({ ...sealOf(packet), key: nowhere }, [nowhere])).toBe(false);
  });

  it('holds however the device’s own cryptography chose its numbers', async () => {
    for (let n = 0; n < 20; n++) {
      expect(isSignedBy(sealOf(await device.pack(visit, finding)), [device.key])).toBe(true);
    }
  });
});
