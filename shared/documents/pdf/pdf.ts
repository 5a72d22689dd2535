import type { DocumentFonts } from '../fonts.ts';
import { widthOf } from '../line-breaking.ts';
import { CHARACTER_PITCH, LINE_PITCH, TEXT_SIZE, TITLE_SIZE, TYPE_AREA } from '../measures.ts';
import type { Annex, OfficialDocument, Run, Signature, Title } from '../model.ts';
import { headsText, titleText } from '../model.ts';
import {
  annexLabel,
  annexNote,
  documentTitle,
  onOneLine,
  type PrintedBlock,
  printedBlocks,
  printedDate,
  printedRecipients,
  printedRemark,
} from '../printed.ts';
import { linesBeforeSignature, signaturePlaces } from '../signature-places.ts';
import { titleLines } from '../title-shape.ts';
import type { MissingCharacter, SetRun } from './faces.ts';
import { type Box, blankLines, flow } from './flow.ts';
import { drawHead, drawPageFurniture, titleLine } from './furniture.ts';
import { type Bookmark, type Element, Sheets } from './sheets.ts';
import { factsBoxes, tableBoxes } from './table.ts';
import { INDENT, lazily, paragraph } from './text.ts';

export interface PdfResult {
  bytes: Uint8Array;
  /** Characters that the faces lack, each printed as 〓. */
  missing: MissingCharacter[];
}

/**
 * The document as a tagged PDF set to GB/T 9704-2012, with the faces embedded that were given. The same document and
 * faces give the same bytes: dates and identifiers follow from the document.
 */
export async function toPdf(document: OfficialDocument, fonts: DocumentFonts): Promise<PdfResult> {
  const sheets = new Sheets(fonts, {
    title: documentTitle(document),
    author: onOneLine(document.signature?.organ ?? ''),
    date: new Date(`${document.date}T00:00:00Z`),
    language: document.language,
  });
  let page = 0;
  const nextPage = () => {
    page++;
    sheets.addPage();
    drawPageFurniture(sheets, document, page);
  };

  nextPage();
  drawHead(sheets, document.head);
  const top = sheets.bookmark(sheets.bookmarks, documentTitle(document), 0);
  const body = bodyBoxes(sheets, sheets.structure, document.body, top);
  const ending = endingBoxes(sheets, document);
  const kept = ending.length > 0 ? [...body.slice(0, -2), ...body.slice(-2).map(keptWithNext)] : body;
  flow(
    [
      ...titleBoxes(sheets, sheets.structure, document.title, 'H1'),
      ...recipientBoxes(sheets, document),
      ...kept,
      ...ending,
    ],
    titleLine(document.head) * LINE_PITCH,
    nextPage,
  );
  document.annexes.forEach((_, index) => {
    nextPage();
    flow(annexBoxes(sheets, document.annexes, index, top), 0, nextPage);
  });
  return { bytes: await sheets.bytes(), missing: sheets.faces.missing() };
}

/** Title, each line centred, and an empty line under it (7.3.1, 7.3.2). */
function titleBoxes(sheets: Sheets, parent: Element, title: Title, role: string): Box[] {
  const capacity = Math.floor(TYPE_AREA.width / TITLE_SIZE);
  const lines = titleLines(title.map(onOneLine), capacity);
  const heading = lazily(() => sheets.element(parent, role));
  return [
    ...lines.flatMap((text) =>
      paragraph(sheets, parent, [heading], [{ text, face: 'title' }], {
        size: TITLE_SIZE,
        align: 'centre',
        keepWithNext: true,
        pitch: TITLE_SIZE,
      }),
    ),
    ...blankLines(1),
  ];
}

function recipientBoxes(sheets: Sheets, document: OfficialDocument): Box[] {
  if (document.recipients === undefined) return [];
  const text = printedRecipients(document.recipients);
  return paragraph(sheets, sheets.structure, ['P'], [{ text, face: 'text' }], { justify: true });
}

function bodyBoxes(sheets: Sheets, parent: Element, blocks: OfficialDocument['body'], top: Bookmark): Box[] {
  return printedBlocks(blocks).flatMap((block) => blockBoxes(sheets, parent, block, top));
}

function blockBoxes(sheets: Sheets, parent: Element, block: PrintedBlock, top: Bookmark): Box[] {
  switch (block.kind) {
    case 'table':
      return tableBoxes(sheets, parent, block);
    case 'facts':
      return factsBoxes(sheets, parent, block);
    case 'paragraph':
      return paragraph(sheets, parent, ['P'], setRuns(block.runs), { indent: INDENT, justify: true });
    case 'heading': {
      const runs: SetRun[] = [
        { text: block.text, face: block.level === 1 ? 'sans' : 'text' },
        ...setRuns(block.follows, 1),
      ];
      const boxes = paragraph(sheets, parent, [`H${block.level + 1}`, 'P'], runs, {
        indent: INDENT,
        justify: true,
        keepWithNext: block.follows.length === 0 && headsText(block.level),
      });
      return block.level === 1 ? bookmarked(sheets, boxes, top, block.text) : boxes;
    }
  }
}

function bookmarked(sheets: Sheets, boxes: Box[], parent: Bookmark, title: string): Box[] {
  const [first, ...rest] = boxes;
  if (first === undefined) return boxes;
  const draw = (y: number) => {
    sheets.bookmark(parent, title, y);
    first.draw(y);
  };
  return [{ ...first, draw }, ...rest];
}

function setRuns(runs: readonly Run[], group = 0): SetRun[] {
  return runs.map((run) => ({ text: run.text, face: run.strong ? 'sans' : 'text', group }));
}

/** What follows the body: the note 附件 (7.3.4), the signature (7.3.5) and the remark (7.3.6). */
function endingBoxes(sheets: Sheets, document: OfficialDocument): Box[] {
  return [
    ...noteBoxes(sheets, document.annexes),
    ...(document.signature ? signatureBoxes(sheets, document.signature, document.date) : []),
    ...(document.remark === undefined
      ? []
      : paragraph(sheets, sheets.structure, ['P'], [{ text: printedRemark(document.remark), face: 'text' }], {
          indent: INDENT,
          justify: true,
        })),
  ];
}

/** 附件：one empty line below the body, indented by two; long titles are aligned under their first character. */
function noteBoxes(sheets: Sheets, annexes: readonly Annex[]): Box[] {
  const note = annexNote(annexes);
  const boxes = note.flatMap(({ number, title }, index) => {
    const label = index === 0 ? '附件：' : '';
    const indent = INDENT + (index === 0 ? 0 : 3 * CHARACTER_PITCH);
    const numbered = sheets.faces.cells([{ text: number, face: 'text' }], TEXT_SIZE);
    const hang = INDENT + 3 * CHARACTER_PITCH + numbered.reduce((sum, cell) => sum + cell.advance, 0);
    const runs: SetRun[] = [{ text: label + number + title, face: 'text' }];
    return paragraph(sheets, sheets.structure, ['P'], runs, {
      indent,
      hang,
      justify: true,
      keepWithNext: true,
    });
  });
  return boxes.length === 0 ? [] : [...blankLines(1), ...boxes];
}

function signatureBoxes(sheets: Sheets, signature: Signature, date: string): Box[] {
  const [organ, day] = [onOneLine(signature.organ), printedDate(date)];
  const width = (text: string) => widthOf(sheets.faces.cells([{ text, face: 'text' }], TEXT_SIZE));
  const places = signaturePlaces(signature, width(organ), width(day));
  const line = (text: string, rightIndent: number, keepWithNext: boolean) =>
    paragraph(sheets, sheets.structure, ['P'], [{ text, face: 'text' }], {
      align: 'right',
      rightIndent,
      keepWithNext,
    });
  return [
    ...blankLines(linesBeforeSignature(signature)),
    ...line(organ, places.organ, true),
    ...line(day, places.day, false),
  ];
}

/** 附件 in 黑体 at the top left corner, the title centred on the third line (7.3.7). */
function annexBoxes(sheets: Sheets, annexes: readonly Annex[], index: number, top: Bookmark): Box[] {
  const annex = annexes[index];
  if (annex === undefined) return [];
  const section = sheets.element(sheets.structure, 'Sect');
  const label = annexLabel(annexes, index);
  const labelled = paragraph(sheets, section, ['P'], [{ text: label, face: 'sans' }], { keepWithNext: true });
  const bookmark = `${label}  ${onOneLine(titleText(annex.title))}`;
  return [
    ...bookmarked(sheets, labelled, top, bookmark),
    ...blankLines(1),
    ...titleBoxes(sheets, section, annex.title, 'H2'),
    ...bodyBoxes(sheets, section, annex.body, top),
  ];
}

function keptWithNext(box: Box): Box {
  return { ...box, keepWithNext: true };
}
