import { characters, isWide } from '../line-breaking.ts';
import { LINE_PITCH, TEXT_SIZE, TITLE_SIZE, TYPE_AREA } from '../measures.ts';
import type { Annex, OfficialDocument, Run, Signature, Title } from '../model.ts';
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
import {
  headXml,
  letterFooter,
  letterHeader,
  numberFooter,
  paper,
  plainHeader,
  spaceBeforeTitle,
} from './head.ts';
import { CLOSER, INDENT, LINE, twips } from './measures.ts';
import { type Furniture, NAMESPACES, packed } from './package.ts';
import { type DocxRun, paragraph } from './paragraph.ts';
import type { Style } from './styles.ts';
import { factsXml, tableXml } from './table.ts';
import { el, type Xml } from './xml.ts';

/**
 * The document as DOCX set to GB/T 9704-2012, in styles that a clerk can edit. It names the standard's typefaces, which
 * the reader's machine supplies. The same document gives the same bytes.
 */
export function toDocx(document: OfficialDocument): Uint8Array {
  const furniture = furnitureOf(document);
  const body = [
    ...headXml(document.head),
    titleXml(document.title, spaceBeforeTitle(document.head)),
    ...recipientsXml(document),
    ...bodyXml(document),
    ...endingXml(document),
    ...document.annexes.flatMap((_, index) => annexXml(document.annexes, index)),
    sectionXml(document, furniture),
  ];
  return packed(el('w:document', NAMESPACES, [el('w:body', {}, body)]), furniture, {
    title: documentTitle(document),
    author: onOneLine(document.signature?.organ ?? ''),
    date: document.date,
  });
}

function titleXml(title: Title, before: number): Xml {
  const lines = titleLines(title.map(onOneLine), Math.floor(TYPE_AREA.width / TITLE_SIZE));
  return paragraph('DocumentTitle', [{ text: lines.join('\n') }], { spacing: { before, line: LINE } });
}

/** The line under the title (7.3.2); where no recipients stand there, the text keeps the empty line. */
function recipientsXml(document: OfficialDocument): Xml[] {
  const runs = document.recipients === undefined ? [] : [{ text: printedRecipients(document.recipients) }];
  if (runs.length === 0) return [paragraph('Flush', [])];
  return [paragraph('Flush', runs, { spacing: { before: LINE } })];
}

function bodyXml(document: OfficialDocument): Xml[] {
  const blocks = printedBlocks(document.body);
  const ends = document.signature !== undefined || document.annexes.length > 0;
  return blocks.flatMap((block, index) => blockXml(block, ends && index === blocks.length - 1));
}

/** @param keepNext on one page with what follows: the signature never stands on a page without text */
function blockXml(block: PrintedBlock, keepNext = false): Xml[] {
  switch (block.kind) {
    case 'table':
      return tableXml(block);
    case 'facts':
      return factsXml(block);
    case 'paragraph':
      return [paragraph('Body', docxRuns(block.runs), { keepNext })];
    case 'heading': {
      const style: Style = `Level${block.level}`;
      if (block.follows.length === 0) return [paragraph(style, [{ text: block.text }])];
      const face = block.level === 1 ? 'sans' : block.level === 2 ? 'kai' : 'text';
      return [paragraph('Body', [{ text: block.text, face }, ...docxRuns(block.follows)], { keepNext })];
    }
  }
}

function docxRuns(runs: readonly Run[]): DocxRun[] {
  return runs.map((run) => (run.strong ? { text: run.text, face: 'sans' } : { text: run.text }));
}

/** Note, signature and remark (7.3.4 to 7.3.6). */
function endingXml(document: OfficialDocument): Xml[] {
  return [
    ...noteXml(document.annexes, document.signature !== undefined),
    ...(document.signature ? signatureXml(document.signature, document.date) : []),
    ...(document.remark === undefined ? [] : [paragraph('Body', [{ text: printedRemark(document.remark) }])]),
  ];
}

function noteXml(annexes: readonly Annex[], keepNext: boolean): Xml[] {
  return annexNote(annexes).map(({ number, title }, index) => {
    const label = index === 0 ? '附件：' : '';
    const labelled = INDENT + widthOf('附件：') + widthOf(number);
    const begins = index === 0 ? INDENT : labelled - widthOf(number);
    return paragraph('Flush', [{ text: label + number + title }], {
      keepNext,
      spacing: { before: index === 0 ? LINE : 0 },
      indent: { left: labelled, hanging: labelled - begins },
    });
  });
}

function signatureXml(signature: Signature, date: string): Xml[] {
  const [organ, day] = [onOneLine(signature.organ), printedDate(date)];
  const places = signaturePlaces(signature, widthOf(organ) / 20, widthOf(day) / 20);
  return [
    paragraph('Signature', [{ text: organ }], {
      keepNext: true,
      spacing: { before: linesBeforeSignature(signature) * LINE },
      indent: { right: twips(places.organ) },
    }),
    paragraph('Signature', [{ text: day }], { indent: { right: twips(places.day) } }),
  ];
}

/** Twentieths of a point that text takes in 仿宋, whose Latin letters and digits are half as wide as a character. */
function widthOf(text: string): number {
  const width = (character: string) => (isWide(character) ? 1 : 0.5) * TEXT_SIZE + CLOSER / 20;
  return twips(characters(text).reduce((sum, character) => sum + width(character), 0));
}

function annexXml(annexes: readonly Annex[], index: number): Xml[] {
  const annex = annexes[index];
  if (annex === undefined) return [];
  return [
    paragraph('AnnexLabel', [{ text: annexLabel(annexes, index) }]),
    titleXml(annex.title, LINE),
    paragraph('Flush', []),
    ...printedBlocks(annex.body).flatMap((block) => blockXml(block)),
  ];
}

function furnitureOf({ head, sampleMark }: OfficialDocument): Furniture[] {
  const header = (id: string, paragraphs: Xml[]): Furniture => ({ id, kind: 'header', paragraphs });
  const footer = (id: string, paragraphs: Xml[]): Furniture => ({ id, kind: 'footer', paragraphs });
  const letter =
    head.layout === 'xinhan'
      ? [header('headerFirst', letterHeader(head, sampleMark)), footer('footerFirst', letterFooter())]
      : [];
  return [
    ...letter,
    header('headerOdd', plainHeader(sampleMark)),
    header('headerEven', plainHeader(sampleMark)),
    footer('footerOdd', numberFooter('odd')),
    footer('footerEven', numberFooter('even')),
  ];
}

/** Page, margins and grid: lines are on the grid, characters by their spacing (office programs differ on the latter). */
function sectionXml(document: OfficialDocument, furniture: readonly Furniture[]): Xml {
  const types: Record<string, string> = { First: 'first', Odd: 'default', Even: 'even' };
  const references = furniture.map(({ id, kind }) =>
    el(`w:${kind}Reference`, { 'w:type': types[id.replace(kind, '')], 'r:id': id }),
  );
  return el('w:sectPr', {}, [
    ...references,
    ...paper(),
    ...(document.head.layout === 'xinhan' ? [el('w:titlePg')] : []),
    el('w:docGrid', { 'w:type': 'lines', 'w:linePitch': Math.floor(LINE_PITCH * 20) }),
  ]);
}
