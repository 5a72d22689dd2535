/** Files as Office, cameras and printers write them, as small as they can be, and what can be wrong with them. */
import { zipSync } from 'fflate';

const text = (words: string) => new TextEncoder().encode(words);
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface PackageChanges {
  /** Parts to add or replace; undefined leaves one out. */
  parts?: Record<string, string | Uint8Array | undefined>;
  /** Further lines of [Content_Types].xml and of the main part's relationships. */
  types?: string;
  relationships?: string;
}

const WORD = { main: 'word/document.xml', kind: 'wordprocessingml.document' };
const EXCEL = { main: 'xl/workbook.xml', kind: 'spreadsheetml.sheet' };

function officeFile(
  { main, kind }: typeof WORD,
  { parts = {}, types = '', relationships = '' }: PackageChanges,
) {
  const contentType = `application/vnd.openxmlformats-officedocument.${kind}.main+xml`;
  const [folder, name] = main.split('/');
  const all: Record<string, string | Uint8Array | undefined> = {
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/${main}" ContentType="${contentType}"/>${types}</Types>`,
    '_rels/.rels': relationshipsOf(relationship('officeDocument', main)),
    [main]: '<w xmlns="x">评价计划</w>',
    [`${folder}/_rels/${name}.rels`]: relationshipsOf(relationships),
    ...parts,
  };
  const there = Object.entries(all).flatMap(([path, content]) =>
    content === undefined ? [] : [[path, typeof content === 'string' ? text(content) : content] as const],
  );
  return zipSync(Object.fromEntries(there), { mtime: new Date(2021, 0, 1) });
}

export const docx = (changes: PackageChanges = {}) => officeFile(WORD, changes);
export const xlsx = (changes: PackageChanges = {}) => officeFile(EXCEL, changes);

export function relationship(type: string, target: string, mode = ''): string {
  const external = mode && ` TargetMode="${mode}"`;
  return `<Relationship Id="r1" Type="${RELATIONSHIPS}/${type}" Target="${target}"${external}/>`;
}

const relationshipsOf = (lines: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines}</Relationships>`;

/** A PDF of these objects, as bytes of the same codes. */
export function pdfOf(objects: string, trailer = '<< /Root 1 0 R >>'): Uint8Array {
  return Buffer.from(`%PDF-1.7\n${objects}\ntrailer\n${trailer}\nstartxref\n9\n%%EOF\n`, 'latin1');
}

/** An object that holds a stream. */
export function streamObject(dictionary: string, data: Uint8Array): string {
  return `5 0 obj\n<< ${dictionary} /Length ${data.length} >>\nstream\n${Buffer.from(data).toString('latin1')}\nendstream\nendobj`;
}

export function png(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(45);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.set([8, 2, 0, 0, 0], 24);
  return bytes;
}

/** `before`: segments between the start and the frame. */
export function jpeg(width: number, height: number, before: number[] = [0xff, 0xe0, 0, 4, 1, 2]): Uint8Array {
  const frame = [0xff, 0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  return Uint8Array.from([0xff, 0xd8, ...before, ...frame, 0xff, 0xda, 0, 2, 0xff, 0xd9]);
}

function box(type: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

export function mp4(major = 'mp42', compatible = 'isom', last = 'moov'): Uint8Array {
  const brands = Buffer.from(`${major}\0\0\0\0${compatible}`, 'latin1');
  return Buffer.concat([box('ftyp', brands), box('mdat', Buffer.alloc(100)), box(last, Buffer.alloc(20))]);
}
