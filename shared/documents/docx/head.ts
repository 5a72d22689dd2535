import {
  mm,
  PAGE,
  PAGE_NUMBER_SIZE,
  RED,
  SAMPLE_MARK,
  TEXT_SIZE,
  TYPE_AREA,
  WENJIAN,
  wenjianPlaces,
  XINHAN,
  xinhanPlaces,
} from '../measures.ts';
import type { Head } from '../model.ts';
import { onOneLine } from '../printed.ts';
import { FOOT, LINE, MARGINS, PAPER, TEXT_WIDTH, twips } from './measures.ts';
import { pageNumberField, paragraph } from './paragraph.ts';
import { sized } from './styles.ts';
import { el, type Xml } from './xml.ts';

const COLOUR = RED.slice(1);

/** A rule as a paragraph's border, so that any office program draws it: width in points, distance in points. */
function border(side: 'top' | 'bottom', kind: string, width: number, distance: number): Xml {
  return el(`w:${side}`, {
    'w:val': kind,
    'w:sz': Math.round(width * 8),
    'w:space': Math.round(distance),
    'w:color': COLOUR,
  });
}

/** The letter's rules are 170 mm wide and reach beyond the text on both sides. */
const BEYOND = {
  left: twips((PAGE.width - XINHAN.ruleLength) / 2) - MARGINS.left,
  right: twips((PAGE.width - XINHAN.ruleLength) / 2) - MARGINS.right,
};

const mark = (text: string, size: number) => ({
  text: onOneLine(text),
  properties: [el('w:color', { 'w:val': COLOUR }), ...sized(size, 0)],
});

/** What stands at the head of the body: in 文件格式 mark, number and rule, in 信函格式 the number. */
export function headXml(head: Head): Xml[] {
  switch (head.layout) {
    case 'plain':
      return [];
    case 'wenjian': {
      const places = wenjianPlaces(head.mark);
      return [
        paragraph('Mark', [mark(head.mark, places.markSize)], {
          spacing: { before: twips(WENJIAN.markDrop), line: twips(places.markSize) },
        }),
        paragraph('Number', [{ text: onOneLine(head.number ?? '') }], {
          spacing: { before: WENJIAN.linesToNumber * LINE, line: twips(TEXT_SIZE) },
          border: border('bottom', 'single', WENJIAN.ruleWidth, WENJIAN.ruleDrop),
          align: 'center',
        }),
      ];
    }
    case 'xinhan':
      return [
        paragraph('Number', [{ text: onOneLine(head.number ?? '') }], {
          spacing: {
            before: twips(xinhanPlaces(head.mark).numberTop - TYPE_AREA.top),
            line: twips(TEXT_SIZE),
          },
          align: 'right',
        }),
      ];
  }
}

/** Empty lines between the head and the title, as space before it. */
export function spaceBeforeTitle(head: Head): number {
  return head.layout === 'plain' ? 0 : 2 * LINE;
}

/** A paragraph's place on the page, wherever its story begins: points from the page's left and top edges. */
function place(left: number, top: number, width: number): Xml {
  return el('w:framePr', {
    'w:w': twips(width),
    'w:wrap': 'around',
    'w:vAnchor': 'page',
    'w:hAnchor': 'page',
    'w:x': twips(left),
    'w:y': twips(top),
  });
}

/** The header of a letter's first page: mark and upper double rule, placed so that they do not push the text. */
export function letterHeader(head: Extract<Head, { mark: string }>, sampleMark: string | undefined): Xml[] {
  const places = xinhanPlaces(head.mark);
  const left = (PAGE.width - XINHAN.ruleLength) / 2;
  return [
    ...sampleXml(sampleMark),
    paragraph('Mark', [mark(head.mark, places.markSize)], {
      frame: place(left, XINHAN.markTop, XINHAN.ruleLength),
      spacing: { line: twips(places.markSize) },
    }),
    paragraph('PageNumber', [], {
      frame: place(left, places.ruleTop, XINHAN.ruleLength),
      spacing: { line: 20 },
      border: border('top', 'thickThinSmallGap', 3, 0),
    }),
    EMPTY,
  ];
}

/** A story must end in a paragraph that takes place in it. */
const EMPTY = paragraph('PageNumber', [], { spacing: { line: 20 } });

/** Headers of the other pages hold the mark of sample data, or nothing. */
export function plainHeader(sampleMark: string | undefined): Xml[] {
  return [...sampleXml(sampleMark), EMPTY];
}

/** Stands in the top margin wherever the header begins. */
function sampleXml(sampleMark: string | undefined): Xml[] {
  if (sampleMark === undefined) return [];
  const { size, top } = SAMPLE_MARK;
  return [
    paragraph(
      'PageNumber',
      [
        {
          text: onOneLine(sampleMark),
          face: 'sans',
          properties: [el('w:color', { 'w:val': '595959' }), ...sized(size, 0)],
        },
      ],
      {
        frame: place(TYPE_AREA.left, top, TEXT_WIDTH / 20),
        align: 'right',
      },
    ),
  ];
}

/** How far the foot of a line of the page number lies under its dash. */
const UNDER_DASH = 7;

/** — 1 —: its dash 7 mm under the type area (7.5), and empty space down to the footer's foot. */
export function numberFooter(side: 'odd' | 'even'): Xml[] {
  const dash = TYPE_AREA.top + TYPE_AREA.height + mm(7);
  const space = PAGE.height - FOOT / 20 - dash - UNDER_DASH;
  const one = twips(PAGE_NUMBER_SIZE);
  const number = paragraph('PageNumber', [{ text: '— ' }, ...pageNumberField(), { text: ' —' }], {
    spacing: { line: twips(PAGE_NUMBER_SIZE + 2) },
    align: side === 'odd' ? 'right' : 'left',
    indent: side === 'odd' ? { right: one } : { left: one },
  });
  return [number, paragraph('PageNumber', [], { spacing: { line: twips(space) } })];
}

/** The footer of a letter's first page: the lower double rule, no number (10.1). */
export function letterFooter(): Xml[] {
  return [
    paragraph('PageNumber', [], {
      spacing: { line: 20 },
      indent: BEYOND,
      border: border('bottom', 'thinThickSmallGap', 3, 0),
    }),
  ];
}

export function paper(): Xml[] {
  return [
    el('w:pgSz', { 'w:w': PAPER.width, 'w:h': PAPER.height }),
    el('w:pgMar', {
      'w:top': MARGINS.top,
      'w:right': MARGINS.right,
      'w:bottom': MARGINS.bottom,
      'w:left': MARGINS.left,
      'w:header': twips(XINHAN.markTop),
      'w:footer': FOOT,
      'w:gutter': 0,
    }),
  ];
}
