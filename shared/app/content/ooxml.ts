/** Word documents and Excel workbooks: an Office Open XML package (ECMA-376) without macros, embedded files and outside links. */
import { type ByteSource, startsWith } from './byte-source.ts';
import { ContentRefused } from './problem.ts';
import { unpacked, unpackedWhole, type ZipEntry, ZipRefused, zipEntries } from './zip.ts';

const MEGABYTE = 1024 * 1024;
const LIMITS = { entries: 5000, unpackedBytes: 500 * MEGABYTE, ratio: 200 };
/** Relationships and content types are short lists. */
const MAX_LIST = 8 * MEGABYTE;

export interface PackageKind {
  mainPart: string;
  contentType: string;
}

export const DOCX: PackageKind = {
  mainPart: 'word/document.xml',
  contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
};
export const XLSX: PackageKind = {
  mainPart: 'xl/workbook.xml',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
};

/** Compound File Binary: old Office formats, and what Office wraps an encrypted document into. */
const CFB = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const MACRO_PART = /(^|\/)(vbaProject\.bin|vbaProjectSignature\w*\.bin|vbaData\.xml)$|(^|\/)macrosheets\//i;
const EMBEDDED_PART = /(^|\/)(embeddings|activeX|ctrlProps)\//i;
const LINK_PART = /(^|\/)externalLinks\//i;

/** Throws {@link ContentRefused}. */
export async function checkPackage(source: ByteSource, kind: PackageKind): Promise<void> {
  const begin = await source.read(0, 8);
  if (startsWith(begin, ...CFB)) throw new ContentRefused('encrypted');
  if (!startsWith(begin, 0x50, 0x4b, 0x03, 0x04)) throw new ContentRefused('otherType');
  try {
    await checkParts(source, await zipEntries(source, LIMITS), kind);
  } catch (error) {
    throw error instanceof ZipRefused ? refusedAs(error) : error;
  }
}

function refusedAs(error: ZipRefused): ContentRefused {
  const problems = { tooLarge: 'unpacksTooLarge', encrypted: 'encrypted', damaged: 'damaged' } as const;
  return new ContentRefused(problems[error.problem], error);
}

async function checkParts(source: ByteSource, entries: ZipEntry[], kind: PackageKind): Promise<void> {
  const types = entries.find(({ name }) => name === '[Content_Types].xml');
  const main = entries.find(({ name }) => name === kind.mainPart);
  if (!types || !main) throw new ContentRefused('otherType');
  for (const { name } of entries) checkName(name);
  checkTypes(await textOf(source, types), kind);
  let left = LIMITS.unpackedBytes;
  for (const entry of entries) {
    if (/\.rels$/i.test(entry.name)) checkRelationships(await textOf(source, entry));
    for await (const chunk of unpacked(source, entry, left)) left -= chunk.length;
  }
}

function checkName(name: string): void {
  if (MACRO_PART.test(name)) throw new ContentRefused('macros');
  if (EMBEDDED_PART.test(name)) throw new ContentRefused('embedded');
  if (LINK_PART.test(name)) throw new ContentRefused('externalLink');
}

const textOf = async (source: ByteSource, entry: ZipEntry) =>
  new TextDecoder().decode(await unpackedWhole(source, entry, MAX_LIST));

/** What the package says that its parts are: a renamed part keeps its type. */
function checkTypes(xml: string, { mainPart, contentType }: PackageKind): void {
  if (/macroEnabled|vbaProject|ms-excel\.(macrosheet|intlmacrosheet)/i.test(xml)) {
    throw new ContentRefused('macros');
  }
  if (/activeX|oleObject/i.test(xml)) throw new ContentRefused('embedded');
  const overrides = tags(xml, 'Override');
  const main = overrides.find((tag) => attribute(tag, 'PartName') === `/${mainPart}`);
  if (!main || attribute(main, 'ContentType') !== contentType) throw new ContentRefused('otherType');
}

/** Only a hyperlink, which a person follows or not, may lead outside. */
function checkRelationships(xml: string): void {
  for (const tag of tags(xml, 'Relationship')) {
    const type = attribute(tag, 'Type') ?? '';
    if (/\/(vbaProject|xlMacrosheet|xlIntlMacrosheet)$/i.test(type)) throw new ContentRefused('macros');
    if (/\/(oleObject|package|control|activeXControlBinary)$/i.test(type)) {
      throw new ContentRefused('embedded');
    }
    const outside = attribute(tag, 'TargetMode')?.toLowerCase() === 'external';
    if (outside && !/\/hyperlink$/i.test(type)) throw new ContentRefused('externalLink');
  }
}

const tags = (xml: string, name: string) => xml.match(new RegExp(`<(?:\\w+:)?${name}\\s[^<>]*>`, 'g')) ?? [];

/** An attribute's value with character references resolved: `&#69;xternal` is External too. */
function attribute(tag: string, name: string): string | undefined {
  const [, double, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? [];
  return (double ?? single)?.replace(/&#(x?)([0-9a-f]+);/gi, (_all, hex, code) =>
    String.fromCodePoint(Math.min(Number.parseInt(code, hex ? 16 : 10), 0x10ffff)),
  );
}
