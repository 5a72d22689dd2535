/** Pictures: their signature, and a size in pixels that a viewer can be asked to unpack. */
import { type ByteSource, latin1, startsWith, viewOf } from './byte-source.ts';
import { ContentRefused } from './problem.ts';

const MEGAPIXEL = 1_000_000;

/** PNG (ISO/IEC 15948): the first chunk is IHDR, which holds width and height. Throws {@link ContentRefused}. */
export async function checkPng(source: ByteSource, megapixels: number): Promise<void> {
  const begin = await source.read(0, 33);
  if (!startsWith(begin, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) {
    throw new ContentRefused('otherType');
  }
  if (begin.length < 33 || latin1(begin.subarray(12, 16)) !== 'IHDR') throw new ContentRefused('damaged');
  const view = viewOf(begin);
  checkPixels(view.getUint32(16), view.getUint32(20), megapixels);
}

const MAX_SEGMENTS = 2000;
/** Markers that stand alone: no length follows. */
const ALONE = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8]);
/** Start of frame, all kinds; C4, C8 and CC mean something else. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** JPEG (ITU-T T.81): the frame's segment, before the first scan, holds height and width. Throws {@link ContentRefused}. */
export async function checkJpeg(source: ByteSource, megapixels: number): Promise<void> {
  if (!startsWith(await source.read(0, 3), 0xff, 0xd8, 0xff)) throw new ContentRefused('otherType');
  let at = 2;
  for (let segments = 0; segments < MAX_SEGMENTS; segments++) {
    const head = await source.read(at, 9);
    const [mark, marker = 0] = head;
    if (mark !== 0xff || head.length < 9) break;
    if (marker === 0xff || ALONE.has(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const view = viewOf(head);
    if (isFrame(marker)) return checkPixels(view.getUint16(7), view.getUint16(5), megapixels);
    at += 2 + view.getUint16(2);
  }
  throw new ContentRefused('damaged');
}

function checkPixels(width: number, height: number, megapixels: number): void {
  if (width === 0 || height === 0) throw new ContentRefused('damaged');
  if (width * height > megapixels * MEGAPIXEL) throw new ContentRefused('imageTooLarge');
}
