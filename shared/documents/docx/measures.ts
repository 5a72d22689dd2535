import { CHARACTERS, LINE_PITCH, mm, PAGE, TEXT_SIZE, TYPE_AREA } from '../measures.ts';

/** DOCX counts in twentieths of a point, whole. */
export const twips = (points: number): number => Math.round(points * 20);

/**
 * Lines of exactly 28.95 pt: 22 of 29 pt would be 0.2 pt higher than the type area, and the last would go to the next
 * page. 0.14 % less than the standard's pitch.
 */
export const LINE = Math.floor(LINE_PITCH * 20);

/**
 * Characters of 16 pt are drawn 0.2 pt closer, for a pitch of 15.8 pt: 0.06 % more than the standard's, the nearest
 * that office programs can do (LibreOffice counts tenths of a point).
 */
export const CLOSER = -4;
const CHARACTER = 20 * TEXT_SIZE + CLOSER;

/** Two characters. */
export const INDENT = 2 * CHARACTER;

/** A4, as office programs round it. */
export const PAPER = { width: 11906, height: 16838 };

/** 28 characters and a fifth of a point, for programs that count in hundredths of a millimetre: 156.14 mm. */
export const TEXT_WIDTH = CHARACTERS * CHARACTER + 4;

const LEFT = Math.floor(TYPE_AREA.left * 20);

export const MARGINS = {
  top: Math.floor(TYPE_AREA.top * 20),
  left: LEFT,
  right: PAPER.width - LEFT - TEXT_WIDTH,
  bottom: Math.floor((PAGE.height - TYPE_AREA.top - TYPE_AREA.height) * 20),
};

/** From the page's lower edge to the foot of the footer, where the lower double rule of a letter lies (10.1). */
export const FOOT = twips(mm(20));
