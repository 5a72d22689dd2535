/** Tiny but valid PDF and PNG files whose visible text says that they are samples. Each agency's bytes differ. */
import { zlibSync } from 'fflate';

/** One A6 page. The text names a standard Chinese font that viewers supply, so nothing is embedded. */
export function samplePdf(lines: readonly string[]): Uint8Array {
  const text = lines.map((line) => `<${utf16(line)}> Tj T*`).join('\n');
  const content = `BT /F1 14 Tf 24 TL 30 360 Td\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R /DW 1000 >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ];
  return new TextEncoder().encode(pdfOf(objects));
}

function pdfOf(objects: readonly string[]): string {
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = pdf.length;
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return `${pdf}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
}

function utf16(text: string): string {
  return [...Buffer.from(text, 'utf16le').swap16()]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** 样例数据, 16 × 16 dots each, a row of a character as 16 bits. */
const GLYPHS: readonly string[] = [
  '1088105011fcfc20102031f838205420542093fe10201020102010201020',
  '0808180817e8140834284528642854285c28142814281828100810281010',
  '11109520553ffe4438885448929010907e50245024202450188866048302',
  '110011fefd021102110211fe15101910317e531091101110117e1242e242',
];
const SCALE = 3;

/** A black and white picture of 样例数据. `label` makes the bytes unique and is stored as the picture's comment. */
export function samplePng(label: string): Uint8Array {
  const [size, margin] = [16 * SCALE, 8];
  const [width, height] = [GLYPHS.length * size + 2 * margin, size + 2 * margin];
  const rows = Array.from({ length: height }, (_, y) => {
    const bits = Array.from({ length: width }, (_none, x) => (inked(x - margin, y - margin, size) ? 0 : 255));
    return [0, ...bits];
  });
  const header = [...uint32(width), ...uint32(height), 8, 0, 0, 0, 0];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', header),
    ...chunk('tEXt', [...Buffer.from(`Comment\0sample ${label}`, 'latin1')]),
    ...chunk('IDAT', [...zlibSync(Uint8Array.from(rows.flat()), { level: 6 })]),
    ...chunk('IEND', []),
  ]);
}

function inked(x: number, y: number, size: number): boolean {
  if (x < 0 || y < 0 || y >= size) return false;
  const glyph = GLYPHS[Math.floor(x / size)];
  const row = Math.floor(y / SCALE);
  const bits = Number.parseInt(glyph?.slice(row * 4, row * 4 + 4) || '0', 16);
  return ((bits >> (15 - Math.floor((x % size) / SCALE))) & 1) === 1;
}

function chunk(type: string, data: readonly number[]): number[] {
  const body = [...Buffer.from(type, 'latin1'), ...data];
  return [...uint32(data.length), ...body, ...uint32(crc32(body))];
}

const uint32 = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);

function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
