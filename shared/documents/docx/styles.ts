import { PAGE_NUMBER_SIZE, TEXT_SIZE, TITLE_SIZE } from '../measures.ts';
import { headsText } from '../model.ts';
import { type DocxFace, runFonts } from './faces.ts';
import { CLOSER, INDENT, LINE } from './measures.ts';
import { el, type Xml } from './xml.ts';

/** The styles, by which a clerk can change a document as a whole. */
export type Style =
  | 'Body'
  | 'Flush'
  | 'DocumentTitle'
  | 'Mark'
  | 'Number'
  | 'Level1'
  | 'Level2'
  | 'Level3'
  | 'Level4'
  | 'Signature'
  | 'AnnexLabel'
  | 'Cell'
  | 'CellHead'
  | 'PageNumber';

interface Definition {
  name: string;
  face: DocxFace;
  size: number;
  paragraph: readonly Xml[];
  spacing?: number;
}

const val = (name: string, value: string | number) => el(name, { 'w:val': value });
const exact = (line: number) =>
  el('w:spacing', { 'w:before': 0, 'w:after': 0, 'w:line': line, 'w:lineRule': 'exact' });
const GRID = exact(LINE);
/** Larger type would be snapped to two lines of the grid. */
const OFF_GRID = val('w:snapToGrid', 0);
const INDENTED = el('w:ind', { 'w:firstLine': INDENT });

const heading = (name: string, face: DocxFace, level: number): Definition => ({
  name,
  face,
  size: TEXT_SIZE,
  paragraph: [
    ...(headsText(level + 1) ? [el('w:keepNext')] : []),
    GRID,
    INDENTED,
    val('w:jc', 'both'),
    val('w:outlineLvl', level),
  ],
});

const STYLES: Record<Style, Definition> = {
  Body: { name: '公文正文', face: 'text', size: TEXT_SIZE, paragraph: [GRID, INDENTED, val('w:jc', 'both')] },
  Flush: { name: '公文顶格', face: 'text', size: TEXT_SIZE, paragraph: [GRID, val('w:jc', 'both')] },
  DocumentTitle: {
    name: '公文标题',
    face: 'title',
    size: TITLE_SIZE,
    spacing: 0,
    paragraph: [el('w:keepNext'), OFF_GRID, GRID, val('w:jc', 'center')],
  },
  Mark: {
    name: '发文机关标志',
    face: 'title',
    size: 36,
    spacing: 0,
    paragraph: [OFF_GRID, val('w:jc', 'center')],
  },
  Number: { name: '发文字号', face: 'text', size: TEXT_SIZE, spacing: 0, paragraph: [OFF_GRID, GRID] },
  Level1: heading('公文一级标题', 'sans', 0),
  Level2: heading('公文二级标题', 'kai', 1),
  Level3: heading('公文三级标题', 'text', 2),
  Level4: heading('公文四级标题', 'text', 3),
  Signature: { name: '公文落款', face: 'text', size: TEXT_SIZE, paragraph: [GRID, val('w:jc', 'right')] },
  AnnexLabel: {
    name: '附件标识',
    face: 'sans',
    size: TEXT_SIZE,
    paragraph: [el('w:keepNext'), el('w:pageBreakBefore'), GRID, val('w:outlineLvl', 0)],
  },
  Cell: { name: '表格文字', face: 'text', size: 12, spacing: 0, paragraph: [OFF_GRID] },
  CellHead: {
    name: '表格标题',
    face: 'sans',
    size: 12,
    spacing: 0,
    paragraph: [OFF_GRID, val('w:jc', 'center')],
  },
  PageNumber: {
    name: '公文页码',
    face: 'song',
    size: PAGE_NUMBER_SIZE,
    spacing: 0,
    paragraph: [OFF_GRID],
  },
};

/** Run properties of a size in points, and of the letter spacing of the grid unless told otherwise. */
export function sized(size: number, spacing = CLOSER): Xml[] {
  return [
    ...(spacing === 0 ? [] : [val('w:spacing', spacing)]),
    val('w:sz', size * 2),
    val('w:szCs', size * 2),
  ];
}

export function styles(namespaces: Record<string, string>): Xml {
  const defaults = el('w:docDefaults', {}, [
    el('w:rPrDefault', {}, [
      el('w:rPr', {}, [
        runFonts('text'),
        val('w:sz', TEXT_SIZE * 2),
        val('w:szCs', TEXT_SIZE * 2),
        el('w:lang', { 'w:val': 'en-US', 'w:eastAsia': 'zh-CN' }),
      ]),
    ]),
    el('w:pPrDefault'),
  ]);
  const normal = el('w:style', { 'w:type': 'paragraph', 'w:default': 1, 'w:styleId': 'Normal' }, [
    val('w:name', 'Normal'),
    // In the style and not in the defaults, which LibreOffice does not read them from.
    el('w:pPr', {}, [
      val('w:widowControl', 0),
      val('w:kinsoku', 1),
      val('w:overflowPunct', 0),
      val('w:autoSpaceDE', 0),
      val('w:autoSpaceDN', 0),
    ]),
  ]);
  const own = Object.entries(STYLES).map(([id, { name, face, size, spacing, paragraph }]) =>
    el('w:style', { 'w:type': 'paragraph', 'w:customStyle': 1, 'w:styleId': id }, [
      val('w:name', name),
      val('w:basedOn', 'Normal'),
      el('w:qFormat'),
      el('w:pPr', {}, paragraph),
      el('w:rPr', {}, [runFonts(face), ...sized(size, spacing)]),
    ]),
  );
  return el('w:styles', namespaces, [defaults, normal, ...own]);
}
