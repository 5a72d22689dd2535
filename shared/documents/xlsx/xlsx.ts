/**
 * A workbook as XLSX, written part by part: formulas with the values they have, frozen heads, widths, print set-up, and
 * nothing that depends on when or where it was written. Why not by a library: docs/decisions.
 */
import { strToU8, zipSync } from 'fflate';
import { STYLES_XML, styleIndex } from './styles.ts';
import {
  type CellValue,
  cellName,
  columnRange,
  type Sheet,
  type SheetColumn,
  type Workbook,
} from './workbook.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The earliest day that a ZIP can name: the bytes tell nothing of the day they were made. */
const ZIP_EPOCH = new Date(1980, 0, 1);

export function toXlsx(workbook: Workbook): Uint8Array {
  const { sheets } = workbook;
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(sheets),
    '_rels/.rels': `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'docProps/core.xml': `${XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(workbook.title)}</dc:title></cp:coreProperties>`,
    'xl/workbook.xml': workbookXml(sheets),
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${RELATIONS}">${sheets.map((_sheet, index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLES_XML,
  };
  for (const [index, sheet] of sheets.entries()) {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(sheet, index === 0);
  }
  const files = Object.entries(parts).map(([path, text]) => [path, strToU8(text)] as const);
  return zipSync(Object.fromEntries(files), { mtime: ZIP_EPOCH, level: 6 });
}

function contentTypes(sheets: readonly Sheet[]): string {
  const override = (part: string, type: string) => `<Override PartName="/${part}" ContentType="${type}"/>`;
  const worksheets = sheets.map((_sheet, index) =>
    override(`xl/worksheets/sheet${index + 1}.xml`, `${CONTENT}.worksheet+xml`),
  );
  return `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('xl/workbook.xml', `${CONTENT}.sheet.main+xml`)}${worksheets.join('')}${override('xl/styles.xml', `${CONTENT}.styles+xml`)}${override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml')}</Types>`;
}

/** Heads are repeated on each printed page; whoever opens it recalculates, and finds the same. */
function workbookXml(sheets: readonly Sheet[]): string {
  const list = sheets.map(
    ({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const titles = sheets.map(
    ({ name }, index) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${escaped(name.replaceAll("'", "''"))}'!$1:$1</definedName>`,
  );
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${list.join('')}</sheets><definedNames>${titles.join('')}</definedNames><calcPr calcId="0" fullCalcOnLoad="1"/></workbook>`;
}

function sheetXml(sheet: Sheet, isFirst: boolean): string {
  const { columns, rows, totals, landscape } = sheet;
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const last = rows.length + (totals ? 1 : 0);
  const lines = [
    rowXml(
      columns.map(({ title }) => title),
      0,
      columns,
      'head',
    ),
    ...rows.map((row, index) => rowXml(row, index + 1, columns, 'body')),
    ...(totals ? [rowXml(totals, rows.length + 1, columns, 'total')] : []),
  ];
  const filter =
    rows.length > 0
      ? `<autoFilter ref="A1:${columnRange(columns.length - 1, rows.length).split(':')[1]}"/>`
      : '';
  return `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${cellName(columns.length - 1, last)}"/><sheetViews><sheetView workbookViewId="0"${isFirst ? ' tabSelected="1"' : ''}><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/><cols>${widths.join('')}</cols><sheetData>${lines.join('')}</sheetData>${filter}<printOptions horizontalCentered="1"/><pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.4" footer="0.4"/><pageSetup paperSize="9" orientation="${landscape ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>`;
}

function rowXml(
  cells: readonly CellValue[],
  row: number,
  columns: readonly SheetColumn[],
  look: 'head' | 'body' | 'total',
): string {
  const written = columns.map(({ format, wrap = false }, column) => {
    const place = `r="${cellName(column, row)}" s="${styleIndex(look, look === 'head' ? undefined : format, wrap)}"`;
    return cellXml(cells[column] ?? null, place);
  });
  return `<row r="${row + 1}">${written.join('')}</row>`;
}

function cellXml(cell: CellValue, place: string): string {
  if (cell === null) return `<c ${place}/>`;
  if (typeof cell === 'number') return `<c ${place}><v>${cell}</v></c>`;
  if (typeof cell === 'string') {
    return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  }
  return `<c ${place}><f>${escaped(cell.formula)}</f><v>${cell.value}</v></c>`;
}

/** Characters that XML cannot carry become U+FFFD, so that they are seen. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (control) => (/[\t\n\r]/.test(control) ? control : '\uFFFD'))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
