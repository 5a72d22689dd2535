/** Measures of GB/T 9704-2012《党政机关公文格式》. Lengths in points unless said otherwise. */

export const MM = 72 / 25.4;

/** §5.1: A4. */
export const PAGE = { width: 210 * MM, height: 297 * MM };

/** §5.2.1: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm. */
export const TYPE_AREA = { left: 28 * MM, top: 37 * MM, width: 156 * MM, height: 225 * MM };

/** §5.2.3: 22 lines of 28 characters fill the type area. */
export const LINES_PER_PAGE = 22;
export const CHARACTERS_PER_LINE = 28;
export const LINE_PITCH = TYPE_AREA.height / LINES_PER_PAGE;
export const CHARACTER_PITCH = TYPE_AREA.width / CHARACTERS_PER_LINE;

/** §5.2.2 and §7: 3号 is 16 pt, 2号 is 22 pt, 4号 is 14 pt. */
export const SIZE = { body: 16, title: 22, pageNumber: 14, table: 12, notice: 9 };

/** §7.2.4 leaves the size of the mark to taste, within the type area. */
export const MARK_SIZE = { file: 40, letter: 32 };

/** §7.2.4 and §7.2.7: mark 35 mm below the top of the type area, number two lines below, rule 4 mm below the number. */
export const FILE_HEAD = { mark: 35 * MM, linesToNumber: 2, rule: 4 * MM, linesToTitle: 2 };

/** §10.1: mark 30 mm from the page's edge, double rules 170 mm long 4 mm below it and 20 mm above the page's foot. */
export const LETTER_HEAD = { mark: 30 * MM, rule: 4 * MM, ruleWidth: 170 * MM, footRule: 20 * MM, linesToTitle: 2 };

/** §10.1: between a rule and the text next to it, 7/8 of the height of a 3号 character. */
export const LETTER_GAP = (SIZE.body * 7) / 8;

/** §7.5: the dash of a page number stands 7 mm below the type area, one character in from its outer edge. */
export const PAGE_NUMBER_DROP = 7 * MM;

/** §7.2.4: red, §5.3. */
export const RED = '#e60012';

/** Characters that must not begin a line, and those that must not end one (GB/T 15834-2011 §5.1). */
export const NEVER_FIRST = '，。、；：？！）〕》」』】〉］｝”’％‰℃·,.;:?!)]}%—…～';
export const NEVER_LAST = '（〔《「『【〈［｛“‘([{';
