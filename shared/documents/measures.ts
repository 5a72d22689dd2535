/** The measures of GB/T 9704-2012, in points unless a name says millimetres. Clauses in brackets. */

export const POINTS_PER_MM = 72 / 25.4;

export const mm = (millimetres: number): number => millimetres * POINTS_PER_MM;

/** A4 (5.1), margins 天头 37 and 订口 28, type area 156 × 225 (5.2.1). */
export const PAGE = { width: mm(210), height: mm(297) };
export const TYPE_AREA = { left: mm(28), top: mm(37), width: mm(156), height: mm(225) };

/** 22 lines of 28 characters fill the type area (5.2.3). */
export const LINES = 22;
export const CHARACTERS = 28;
export const LINE_PITCH = TYPE_AREA.height / LINES;
export const CHARACTER_PITCH = TYPE_AREA.width / CHARACTERS;

/** 字号: 2号 for the title, 3号 for the text (5.2.2), 4号 for the page number (7.5). */
export const TITLE_SIZE = 22;
export const TEXT_SIZE = 16;
export const PAGE_NUMBER_SIZE = 14;

/** The mark of sample data stands in the top margin; the standard knows no such element. */
export const SAMPLE_MARK = { size: 10.5, top: mm(14) };

/** The page number's dash lies this far below the type area (7.5). */
export const PAGE_NUMBER_DROP = mm(7);

/** Red of the mark and the rules. */
export const RED = '#E60012';

/** 文件格式: mark 35 mm below the top of the type area (7.2.4), number two lines below (7.2.5), rule 4 mm below (7.2.7). */
export const WENJIAN = { markDrop: mm(35), linesToNumber: 2, ruleDrop: mm(4), ruleWidth: 1.5 };

/**
 * 信函格式 (10.1): mark 30 mm from the page's top edge, double rule 4 mm below it, second double rule 20 mm from the
 * bottom edge, both 170 mm wide; the number 7/8 of a text character below the first.
 */
export const XINHAN = {
  markTop: mm(30),
  ruleDrop: mm(4),
  ruleLength: mm(170),
  bottomRule: mm(20),
  numberDrop: (TEXT_SIZE * 7) / 8,
};

/** A double rule is a thick and a thin line (10.1 says which comes first). */
export const DOUBLE_RULE = { thick: 2.25, gap: 1.5, thin: 0.75 };
export const DOUBLE_RULE_HEIGHT = DOUBLE_RULE.thick + DOUBLE_RULE.gap + DOUBLE_RULE.thin;

/** The mark is as large as the line allows and no larger than looks well: 22 mm by 15 mm is the most (7.2.4). */
export function markSize(mark: string, room: number, most: number): number {
  return Math.min(most, Math.floor((room / Math.max(1, [...mark].length)) * 2) / 2);
}

/** Where the elements of a red head stand, downwards from the page's top edge. */
export interface HeadPlaces {
  markSize: number;
  markTop: number;
  ruleTop: number;
  numberTop: number;
  /** First line of the type area that the title takes: two empty lines below what stands above it (7.3.1, 10.1). */
  titleLine: number;
}

export function wenjianPlaces(mark: string): HeadPlaces {
  const size = markSize(mark, TYPE_AREA.width, 48);
  const markTop = TYPE_AREA.top + WENJIAN.markDrop;
  const numberTop = markTop + size + WENJIAN.linesToNumber * LINE_PITCH;
  const ruleTop = numberTop + TEXT_SIZE + WENJIAN.ruleDrop;
  return { markSize: size, markTop, numberTop, ruleTop, titleLine: lineBelow(ruleTop + WENJIAN.ruleWidth) };
}

export function xinhanPlaces(mark: string): HeadPlaces {
  const size = markSize(mark, TYPE_AREA.width, 38);
  const ruleTop = XINHAN.markTop + size + XINHAN.ruleDrop;
  const numberTop = ruleTop + DOUBLE_RULE_HEIGHT + XINHAN.numberDrop;
  return {
    markSize: size,
    markTop: XINHAN.markTop,
    ruleTop,
    numberTop,
    titleLine: lineBelow(numberTop + TEXT_SIZE),
  };
}

/** The line of the grid nearest to two line pitches below `bottom`. */
function lineBelow(bottom: number): number {
  return Math.round((bottom - TYPE_AREA.top) / LINE_PITCH + 2);
}
