/** MP4 (ISO/IEC 14496-12 and -14): boxes that add up, a brand of the family, and the index without which nothing plays. */
import { type ByteSource, latin1, viewOf } from './byte-source.ts';
import { ContentRefused } from './problem.ts';

const BRANDS = new Set(['isom', 'iso2', 'iso3', 'iso4', 'iso5', 'iso6', 'iso7', 'iso8', 'iso9', 'mp41']);
for (const brand of ['mp42', 'mp71', 'avc1', 'MSNV', 'M4V ', 'M4VH', 'M4VP', 'dash', 'mmp4'])
  BRANDS.add(brand);
const MAX_BOXES = 20_000;
const MAX_FTYP = 4096;

/** Throws {@link ContentRefused}. */
export async function checkMp4(source: ByteSource): Promise<void> {
  const first = await boxAt(source, 0);
  if (first?.type !== 'ftyp' || first.size > MAX_FTYP) throw new ContentRefused('otherType');
  const body = latin1(await source.read(8, first.size - 8));
  // The minor version stands between the major brand and the compatible ones.
  const brands = (body.slice(0, 4) + body.slice(8)).match(/[\s\S]{4}/g) ?? [];
  if (!brands.some((brand) => BRANDS.has(brand))) throw new ContentRefused('otherType');
  let at = first.size;
  for (let boxes = 0; at < source.size && boxes < MAX_BOXES; boxes++) {
    const box = await boxAt(source, at);
    if (!box || at + box.size > source.size) break;
    if (box.type === 'moov') return;
    at += box.size;
  }
  throw new ContentRefused('damaged');
}

/** A size of 0 means: to the end; of 1: 64 bits follow. */
async function boxAt(source: ByteSource, at: number): Promise<{ type: string; size: number } | undefined> {
  const head = await source.read(at, 16);
  if (head.length < 8) return undefined;
  const view = viewOf(head);
  const short = view.getUint32(0);
  const long = short === 1 && head.length === 16 ? Number(view.getBigUint64(8)) : short;
  const size = short === 0 ? source.size - at : long;
  return size < 8 ? undefined : { type: latin1(head.subarray(4, 8)), size };
}
