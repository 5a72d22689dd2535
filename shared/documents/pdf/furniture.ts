import {
  PAGE,
  PAGE_NUMBER_DROP,
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
import type { Head, OfficialDocument } from '../model.ts';
import { onOneLine } from '../printed.ts';
import type { SetRun } from './faces.ts';
import { drawnWidth, type Sheets } from './sheets.ts';

/** What stands on every page outside its text: page number, mark of sample data, and the letter's lower rule. */
export function drawPageFurniture(sheets: Sheets, document: OfficialDocument, page: number): void {
  const letter = document.head.layout === 'xinhan' && page === 1;
  sheets.asArtifact(() => {
    if (!letter) drawPageNumber(sheets, page);
    if (document.sampleMark !== undefined) drawSampleMark(sheets, onOneLine(document.sampleMark));
    if (letter) {
      const left = (PAGE.width - XINHAN.ruleLength) / 2;
      sheets.doubleRule(left, PAGE.height - XINHAN.bottomRule, XINHAN.ruleLength, 'thin');
    }
  });
}

/** The line of the type area that the title takes. */
export function titleLine(head: Head): number {
  switch (head.layout) {
    case 'wenjian':
      return wenjianPlaces(head.mark).titleLine;
    case 'xinhan':
      return xinhanPlaces(head.mark).titleLine;
    case 'plain':
      return 0;
  }
}

/** The red head: mark, rules and number (7.2, 10.1). */
export function drawHead(sheets: Sheets, head: Head): void {
  if (head.layout === 'plain') return;
  const places = head.layout === 'wenjian' ? wenjianPlaces(head.mark) : xinhanPlaces(head.mark);
  const text = (
    runs: readonly SetRun[],
    size: number,
    top: number,
    align: 'centre' | 'right',
    colour?: string,
  ) => {
    const line = { cells: sheets.faces.cells(runs, size, size), stretch: 0 };
    const free = TYPE_AREA.width - drawnWidth(line);
    const left = TYPE_AREA.left + (align === 'centre' ? free / 2 : free);
    sheets.within(sheets.element(sheets.structure, 'P'), () => sheets.line(line, left, top, colour));
  };
  text([{ text: onOneLine(head.mark), face: 'title' }], places.markSize, places.markTop, 'centre', RED);
  if (head.number !== undefined) {
    const align = head.layout === 'wenjian' ? 'centre' : 'right';
    text([{ text: onOneLine(head.number), face: 'text' }], TEXT_SIZE, places.numberTop, align);
  }
  sheets.asArtifact(() => {
    if (head.layout === 'wenjian')
      sheets.rule(TYPE_AREA.left, places.ruleTop, TYPE_AREA.width, WENJIAN.ruleWidth);
    else sheets.doubleRule((PAGE.width - XINHAN.ruleLength) / 2, places.ruleTop, XINHAN.ruleLength, 'thick');
  });
}

/** How far below the top of its em box a dash lies, as a part of its size. */
const DASH = 0.61;

/** — 1 — in 4号, its dash 7 mm below the type area, on the outer side and one character in (7.5). */
function drawPageNumber(sheets: Sheets, page: number): void {
  const line = {
    cells: sheets.faces.cells([{ text: `— ${page} —`, face: 'text' }], PAGE_NUMBER_SIZE, PAGE_NUMBER_SIZE),
    stretch: 0,
  };
  const top = TYPE_AREA.top + TYPE_AREA.height + PAGE_NUMBER_DROP - DASH * PAGE_NUMBER_SIZE;
  const left =
    page % 2 === 0
      ? TYPE_AREA.left + PAGE_NUMBER_SIZE
      : TYPE_AREA.left + TYPE_AREA.width - PAGE_NUMBER_SIZE - drawnWidth(line);
  sheets.line(line, left, top);
}

/** Grey would fail on contrast: the mark is small, not pale. */
function drawSampleMark(sheets: Sheets, text: string): void {
  const { size, top } = SAMPLE_MARK;
  const line = { cells: sheets.faces.cells([{ text, face: 'sans' }], size, size), stretch: 0 };
  sheets.line(line, TYPE_AREA.left + TYPE_AREA.width - drawnWidth(line), top, '#595959');
}
