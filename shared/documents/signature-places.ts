import { CHARACTER_PITCH } from './measures.ts';
import type { Signature } from './model.ts';

/** Points that organ and date keep free at the right edge, by their widths (GB/T 9704-2012, 7.3.5). */
export function signaturePlaces(
  signature: Signature,
  organWidth: number,
  dayWidth: number,
): { organ: number; day: number } {
  const characters = (count: number) => count * CHARACTER_PITCH;
  if (signature.sealed) {
    // 7.3.5.1: the date four characters from the edge, the organ centred over it.
    const day = characters(4);
    return { day, organ: Math.max(0, day + (dayWidth - organWidth) / 2) };
  }
  // 7.3.5.2: the date begins two characters right of the organ, and neither is nearer the edge than two characters.
  const day = Math.max(characters(2), organWidth - dayWidth);
  return { day, organ: day + characters(2) + dayWidth - organWidth };
}

/** Empty lines before it: with a seal, whose upper half they hold, its top is within a line of the text. */
export function linesBeforeSignature(signature: Signature): number {
  return signature.sealed ? 2 : 1;
}
