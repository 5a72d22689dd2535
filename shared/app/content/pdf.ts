/**
 * PDF (ISO 32000): whole, not encrypted, and without anything that acts: scripts, actions that start programs, attached
 * files. Dictionaries stand in plain sight or in object streams, which are unpacked to be looked into.
 */
import { Unzlib } from 'fflate';
import { type ByteSource, latin1, startsWith } from './byte-source.ts';
import { ContentRefused } from './problem.ts';

const WINDOW = 1024 * 1024;
/** Longer than any name or dictionary that is looked for: windows overlap by so much. */
const OVERLAP = 4096;
const MAX_OBJECT_STREAMS = 128 * 1024 * 1024;
const END_MARK_WITHIN = 2048;

const ENCRYPTED = /\/Encrypt(?![A-Za-z])/;
/** Names long enough not to turn up in packed bytes by chance: a script action has `/S /JavaScript` beside its `/JS`. */
const ACTIVE = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|GoToE|ImportData|SubmitForm)(?![A-Za-z0-9])/;

/** Throws {@link ContentRefused}. */
export async function checkPdf(source: ByteSource): Promise<void> {
  if (!startsWith(await source.read(0, 5), 0x25, 0x50, 0x44, 0x46, 0x2d)) {
    throw new ContentRefused('otherType');
  }
  const tail = latin1(await source.read(Math.max(0, source.size - END_MARK_WITHIN), END_MARK_WITHIN));
  if (!tail.includes('%%EOF')) throw new ContentRefused('damaged');
  let budget = MAX_OBJECT_STREAMS;
  let seen = -1;
  for (let at = 0; at < source.size; at += WINDOW) {
    const text = plainNames(latin1(await source.read(at, WINDOW + OVERLAP)));
    refuseActs(text.value);
    for (const { index } of text.value.matchAll(/\/ObjStm(?![A-Za-z])/g)) {
      const place = at + text.original(index);
      if (place <= seen) continue;
      seen = place;
      budget = await checkObjectStream(source, place, budget);
    }
  }
}

function refuseActs(text: string): void {
  if (ENCRYPTED.test(text)) throw new ContentRefused('encryptedPdf');
  if (ACTIVE.test(text)) throw new ContentRefused('activePdf');
}

/** Names may be written with `#` and two hexadecimal digits: `/#4aS` is `/JS`. */
function plainNames(raw: string): { value: string; original: (index: number) => number } {
  const removed: number[] = [];
  let shrunk = 0;
  const value = raw.replace(/#([0-9A-Fa-f]{2})/g, (_all, code: string, index: number) => {
    removed.push(index - shrunk);
    shrunk += 2;
    return String.fromCharCode(Number.parseInt(code, 16));
  });
  return { value, original: (index) => index + 2 * removed.filter((place) => place < index).length };
}

/** Unpacks the object stream whose dictionary holds the name at `place`; what is left of the budget. */
async function checkObjectStream(source: ByteSource, place: number, budget: number): Promise<number> {
  const from = Math.max(0, place - OVERLAP);
  const around = latin1(await source.read(from, 2 * OVERLAP));
  const head = around.slice(0, place - from);
  const dictionary = head.slice(head.lastIndexOf(' obj') + 1);
  const start = /stream\r?\n/.exec(around.slice(place - from));
  if (!start) throw new ContentRefused('unusualPdf');
  const whole = plainNames(dictionary + around.slice(place - from, place - from + start.index)).value;
  if (!whole.includes('/Filter')) return budget;
  const filters = whole.match(/\/Filter\s*(\[[^\]]*\]|\/\w+)/)?.[1]?.match(/\/\w+/g) ?? [];
  const plainFlate = filters.length === 1 && filters[0] === '/FlateDecode';
  if (!plainFlate || /\/Predictor\s+(?!1\b)/.test(whole)) throw new ContentRefused('unusualPdf');
  return scanInflated(source, place + start.index + start[0].length, budget);
}

/** The checksum after the last block and what follows it are not looked at by the inflater. */
async function scanInflated(source: ByteSource, start: number, budget: number): Promise<number> {
  let left = budget;
  let carry = '';
  let ended = false;
  const inflater = new Unzlib((chunk) => {
    left -= chunk.length;
    const text = plainNames(carry + latin1(chunk)).value;
    refuseActs(text);
    carry = text.slice(-64);
  });
  for (let at = start; at < source.size && !ended; at += 16 * 1024) {
    const piece = await source.read(at, 16 * 1024);
    const mark = latin1(piece).indexOf('endstream');
    ended = mark >= 0;
    try {
      inflater.push(ended ? piece.subarray(0, mark) : piece);
    } catch (error) {
      throw error instanceof ContentRefused ? error : new ContentRefused('unusualPdf', error);
    }
    if (left < 0) throw new ContentRefused('unpacksTooLarge');
  }
  return left;
}
