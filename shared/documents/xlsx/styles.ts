/** The few looks of a cell: head, body and totals, each with the formats that numbers need. */
import type { NumberFormat } from './workbook.ts';

export type Look = 'head' | 'body' | 'total';

const FORMATS: Record<NumberFormat, number> = { integer: 1, points: 164, score: 2, percent: 9 };
const LOOKS: Record<Look, { font: number; fill: number; border: number }> = {
  head: { font: 1, fill: 2, border: 1 },
  body: { font: 0, fill: 0, border: 1 },
  total: { font: 1, fill: 0, border: 2 },
};

interface Style {
  look: Look;
  format: NumberFormat | undefined;
  wrap: boolean;
}

const formats = [undefined, ...(Object.keys(FORMATS) as NumberFormat[])];
const styles: Style[] = (Object.keys(LOOKS) as Look[]).flatMap((look) =>
  formats.flatMap((format) => [false, true].map((wrap) => ({ look, format, wrap }))),
);

/** The style's index; 0 is the sheet's own. */
export function styleIndex(look: Look, format: NumberFormat | undefined, wrap: boolean): number {
  return 1 + styles.findIndex((one) => one.look === look && one.format === format && one.wrap === wrap);
}

function styleXml({ look, format, wrap }: Style): string {
  const { font, fill, border } = LOOKS[look];
  const horizontal = look === 'head' ? ' horizontal="center"' : '';
  const wrapped = wrap || look === 'head' ? ' wrapText="1"' : '';
  return `<xf numFmtId="${format ? FORMATS[format] : 0}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center"${horizontal}${wrapped}/></xf>`;
}

const side = (name: string, style: string) => `<${name} style="${style}"><color auto="1"/></${name}>`;
const thin = ['left', 'right', 'top', 'bottom'].map((name) => side(name, 'thin')).join('');

export const STYLES_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.###"/></numFmts><fonts count="2"><font><sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/></font><font><b/><sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="3"><border><left/><right/><top/><bottom/><diagonal/></border><border>${thin}<diagonal/></border><border>${side('left', 'thin')}${side('right', 'thin')}${side('top', 'double')}${side('bottom', 'thin')}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${styles.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${styles.map(styleXml).join('')}</cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
