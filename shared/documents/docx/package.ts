import { type Zippable, zipSync } from 'fflate';
import { fontTable } from './faces.ts';
import { styles } from './styles.ts';
import { el, file, text, type Xml } from './xml.ts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

export const NAMESPACES = {
  'xmlns:w': 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'xmlns:r': `${OFFICE}/relationships`,
};

/** A part of the package beside the document itself, with the identifier by which the document refers to it. */
interface Part {
  id: string;
  path: string;
  type: string;
  content: Xml;
}

export interface Furniture {
  id: string;
  kind: 'header' | 'footer';
  paragraphs: readonly Xml[];
}

export interface Properties {
  title: string;
  author: string;
  /** `YYYY-MM-DD` */
  date: string;
}

/** The package of a DOCX: fixed names, identifiers and times, so that the same document gives the same bytes. */
export function packed(document: Xml, furniture: readonly Furniture[], properties: Properties): Uint8Array {
  const parts: Part[] = [
    { id: 'rIdStyles', path: 'styles', type: 'styles', content: styles(NAMESPACES) },
    { id: 'rIdSettings', path: 'settings', type: 'settings', content: settings() },
    { id: 'rIdFonts', path: 'fontTable', type: 'fontTable', content: fontTable(NAMESPACES) },
    ...furniture.map(({ id, kind, paragraphs }) => ({
      id,
      path: id,
      type: kind,
      content: el(kind === 'header' ? 'w:hdr' : 'w:ftr', NAMESPACES, paragraphs),
    })),
  ];
  const files: Zippable = {
    '[Content_Types].xml': file(contentTypes(parts)),
    '_rels/.rels': file(
      relationships([
        ['rId1', `${OFFICE}/relationships/officeDocument`, 'word/document.xml'],
        ['rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
      ]),
    ),
    'docProps/core.xml': file(coreProperties(properties)),
    'word/document.xml': file(document),
    'word/_rels/document.xml.rels': file(
      relationships(
        parts.map(({ id, path, type }) => [id, `${OFFICE}/relationships/${type}`, `${path}.xml`]),
      ),
    ),
  };
  for (const { path, content } of parts) files[`word/${path}.xml`] = file(content);
  return zipSync(files, { mtime: packedOn(properties.date), level: 9 });
}

/** Times in a ZIP are local and without a zone: midnight of the day anywhere. */
function packedOn(date: string): Date {
  const [year = 1980, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day);
}

function contentTypes(parts: readonly Part[]): Xml {
  const override = (name: string, type: string) => el('Override', { PartName: name, ContentType: type });
  return el('Types', { xmlns: `${PACKAGE}/content-types` }, [
    el('Default', {
      Extension: 'rels',
      ContentType: 'application/vnd.openxmlformats-package.relationships+xml',
    }),
    el('Default', { Extension: 'xml', ContentType: 'application/xml' }),
    override('/word/document.xml', `${MAIN}.document.main+xml`),
    override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
    ...parts.map(({ path, type }) => override(`/word/${path}.xml`, `${MAIN}.${type}+xml`)),
  ]);
}

function relationships(all: readonly (readonly [id: string, type: string, target: string])[]): Xml {
  return el(
    'Relationships',
    { xmlns: `${PACKAGE}/relationships` },
    all.map(([Id, Type, Target]) => el('Relationship', { Id, Type, Target })),
  );
}

function coreProperties({ title, author, date }: Properties): Xml {
  const time = (name: string) => el(name, { 'xsi:type': 'dcterms:W3CDTF' }, [text(`${date}T00:00:00Z`)]);
  return el(
    'cp:coreProperties',
    {
      'xmlns:cp': `${PACKAGE}/metadata/core-properties`,
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:dcterms': 'http://purl.org/dc/terms/',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    },
    [
      el('dc:title', {}, [text(title)]),
      el('dc:creator', {}, [text(author)]),
      el('dc:language', {}, [text('zh-CN')]),
      time('dcterms:created'),
      time('dcterms:modified'),
    ],
  );
}

function settings(): Xml {
  return el('w:settings', NAMESPACES, [
    el('w:evenAndOddHeaders'),
    el('w:characterSpacingControl', { 'w:val': 'doNotCompress' }),
    el('w:compat', {}, [
      el('w:compatSetting', {
        'w:name': 'compatibilityMode',
        'w:uri': 'http://schemas.microsoft.com/office/word',
        'w:val': 15,
      }),
    ]),
    el('w:themeFontLang', { 'w:val': 'en-US', 'w:eastAsia': 'zh-CN' }),
  ]);
}
