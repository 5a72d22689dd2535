/** What an uploaded file must be: its declared type by its bytes, and harmless. */
import fc from 'fast-check';
import { zipSync, zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type ByteSource, bytesSource, inBlocks } from '../../shared/app/content/byte-source.ts';
import { checkContent } from '../../shared/app/content/check-content.ts';
import {
  EVIDENCE_TYPE_NAMES,
  EVIDENCE_TYPES,
  type EvidenceType,
} from '../../shared/domain/evidence-types.ts';
import { docx, jpeg, mp4, pdfOf, png, relationship, streamObject, xlsx } from '../support/evidence-files.ts';

const typeOf = (title: string): EvidenceType => {
  const found = EVIDENCE_TYPE_NAMES.find((type) => EVIDENCE_TYPES[type].title === title);
  if (!found) throw new Error(title);
  return found;
};
const problemOf = (title: string, bytes: Uint8Array) =>
  checkContent(typeOf(title), bytesSource(bytes), { imageMegapixels: 100 });

const GOOD: Record<string, Uint8Array> = {
  PDF: pdfOf('1 0 obj << /Type /Catalog >> endobj'),
  JPEG: jpeg(4000, 3000),
  PNG: png(4000, 3000),
  DOCX: docx(),
  XLSX: xlsx(),
  MP4: mp4(),
};

describe.each(Object.keys(GOOD))('%s', (title) => {
  const good = GOOD[title] ?? new Uint8Array();

  it('is taken when it is one', async () => {
    expect(await problemOf(title, good)).toBeUndefined();
  });

  it('is not taken for another type, nor another for it', async () => {
    for (const other of Object.keys(GOOD)) {
      if (other !== title) expect([other, await problemOf(other, good)]).toEqual([other, 'otherType']);
    }
  });

  it('answers to any damage with a problem or with none, never with an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Uint8Array.from(good);
        damaged[at] = byte;
        await problemOf(title, damaged);
        await problemOf(title, good.subarray(0, at));
      }),
      { numRuns: 150 },
    );
  });

  it('is not taken when it is empty, or text', async () => {
    expect(await problemOf(title, new Uint8Array())).toBe('empty');
    expect(await problemOf(title, Buffer.from('<html><script>alert(1)</script></html>'))).toBe('otherType');
  });
});

describe('an Office document', () => {
  const office = `${'http://schemas.openxmlformats.org'}/`;
  it.each([
    ['a macro', { parts: { 'word/vbaProject.bin': 'x' } }, 'macros'],
    [
      'a macro under another name',
      { types: '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>' },
      'macros',
    ],
    [
      'macros by relationship',
      {
        relationships:
          '<Relationship Id="r" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="a.bin"/>',
      },
      'macros',
    ],
    ['an embedded object', { parts: { 'word/embeddings/oleObject1.bin': 'x' } }, 'embedded'],
    ['an embedded workbook', { parts: { 'word/embeddings/表.xlsx': 'x' } }, 'embedded'],
    ['an ActiveX control', { parts: { 'word/activeX/activeX1.xml': '<a/>' } }, 'embedded'],
    [
      'a template from elsewhere',
      { relationships: relationship('attachedTemplate', 'https://evil.example/t.dotm', 'External') },
      'externalLink',
    ],
    [
      'a template from elsewhere, written with references',
      { relationships: relationship('attachedTemplate', 'https://evil.example/t.dotm', '&#69;xternal') },
      'externalLink',
    ],
    [
      'a picture from elsewhere',
      { relationships: relationship('image', 'https://evil.example/p.png', 'External') },
      'externalLink',
    ],
    ['no main part', { parts: { 'word/document.xml': undefined } }, 'otherType'],
    ['no content types', { parts: { '[Content_Types].xml': undefined } }, 'otherType'],
    [
      'a main part of another type',
      {
        parts: {
          '[Content_Types].xml': `<Types xmlns="${office}"><Override PartName="/word/document.xml" ContentType="application/xml"/></Types>`,
        },
      },
      'otherType',
    ],
  ] as const)('with %s is refused', async (_what, changes, problem) => {
    expect(await problemOf('DOCX', docx(changes))).toBe(problem);
  });

  it('may hold a hyperlink', async () => {
    const relationships = relationship('hyperlink', 'https://example.org/', 'External');
    expect(await problemOf('DOCX', docx({ relationships }))).toBeUndefined();
  });

  it('that links to other workbooks, or holds a macro sheet, is refused', async () => {
    expect(await problemOf('XLSX', xlsx({ parts: { 'xl/externalLinks/externalLink1.xml': '<a/>' } }))).toBe(
      'externalLink',
    );
    expect(await problemOf('XLSX', xlsx({ parts: { 'xl/macrosheets/sheet1.xml': '<a/>' } }))).toBe('macros');
  });

  it('that is encrypted, or of the old formats, is refused as that', async () => {
    const compound = Buffer.alloc(2000);
    compound.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(await problemOf('DOCX', compound)).toBe('encrypted');
    const locked = Buffer.from(docx());
    for (let at = locked.indexOf('PK\x01\x02'); at >= 0; at = locked.indexOf('PK\x01\x02', at + 4)) {
      locked[at + 8] = (locked[at + 8] ?? 0) | 1;
    }
    expect(await problemOf('DOCX', locked)).toBe('encrypted');
  });

  it('that unpacks to much more than it is', async () => {
    const zeros = new Uint8Array(30_000_000);
    expect(await problemOf('DOCX', docx({ parts: { 'word/media/a.xml': zeros } }))).toBe('unpacksTooLarge');
    const many = Object.fromEntries(Array.from({ length: 5001 }, (_, n) => [`word/${n}.xml`, '']));
    expect(await problemOf('DOCX', docx({ parts: many }))).toBe('unpacksTooLarge');
  });

  it('that unpacks to more than it declares is refused', async () => {
    const bytes = Buffer.from(docx({ parts: { 'word/media/a.xml': new Uint8Array(5_000_000) } }));
    const at = bytes.lastIndexOf('word/media/a.xml') - 46;
    bytes.writeUInt32LE(10, at + 24);
    expect(await problemOf('DOCX', bytes)).toBe('damaged');
  });

  it('with two parts of one name is refused: readers differ on which they take', async () => {
    expect(await problemOf('DOCX', docx({ parts: { 'WORD/document.xml': '<other/>' } }))).toBe('damaged');
  });
});

describe('a PDF', () => {
  const deflated = (words: string) => zlibSync(Buffer.from(words, 'latin1'));
  const objects = (words: string, more = '/Filter /FlateDecode') =>
    pdfOf(streamObject(`/Type /ObjStm /N 1 /First 4 ${more}`, deflated(words)));

  it.each([
    ['encrypted', pdfOf('', '<< /Root 1 0 R /Encrypt 7 0 R >>'), 'encryptedPdf'],
    [
      'encrypted, in a cross-reference stream',
      pdfOf('9 0 obj << /Type /XRef /Encrypt 7 0 R >> endobj'),
      'encryptedPdf',
    ],
    ['encrypted, with its name disguised', pdfOf('', '<< /#45ncrypt 7 0 R >>'), 'encryptedPdf'],
    ['with a script', pdfOf('1 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj'), 'activePdf'],
    ['with a disguised script', pdfOf('1 0 obj << /S /J#61vaScript >> endobj'), 'activePdf'],
    ['that starts a program', pdfOf('1 0 obj << /S /Launch /F (cmd.exe) >> endobj'), 'activePdf'],
    ['with an attached file', pdfOf('1 0 obj << /Names << /EmbeddedFiles 3 0 R >> >> endobj'), 'activePdf'],
    ['with a script in an object stream', objects('1 0 << /S /JavaScript /JS (x) >>'), 'activePdf'],
    [
      'with objects packed in an unusual way',
      objects('x', '/Filter [/ASCIIHexDecode /FlateDecode]'),
      'unusualPdf',
    ],
    [
      'with objects behind a predictor',
      objects('x', '/Filter /FlateDecode /DecodeParms << /Predictor 12 >>'),
      'unusualPdf',
    ],
    ['cut off', pdfOf('1 0 obj').subarray(0, -8), 'damaged'],
  ])('%s is refused', async (_what, bytes, problem) => {
    expect(await problemOf('PDF', bytes)).toBe(problem);
  });

  it.each([
    ['metadata that need not be encrypted', pdfOf('1 0 obj << /EncryptMetadata false >> endobj')],
    ['a link', pdfOf('1 0 obj << /S /URI /URI (https://example.org) >> endobj')],
    ['harmless objects in a stream', objects('1 0 << /Type /Page >>')],
  ])('with %s is taken', async (_what, bytes) => {
    expect(await problemOf('PDF', bytes)).toBeUndefined();
  });

  it('is looked into to its end, wherever the words fall', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1_048_540, max: 1_048_590 }), async (padding) => {
        expect(await problemOf('PDF', pdfOf(`${' '.repeat(padding)}<< /S /Launch >>`))).toBe('activePdf');
      }),
      { numRuns: 20 },
    );
  });

  it('whose objects unpack to too much is refused', async () => {
    const bytes = pdfOf(
      streamObject('/Type /ObjStm /Filter /FlateDecode', zlibSync(new Uint8Array(140_000_000))),
    );
    expect(await problemOf('PDF', bytes)).toBe('unpacksTooLarge');
  });
});

describe('a picture', () => {
  it('is taken up to the setting’s size, and not beyond', async () => {
    expect(await problemOf('PNG', png(10_000, 10_000))).toBeUndefined();
    expect(await problemOf('PNG', png(10_001, 10_000))).toBe('imageTooLarge');
    expect(await problemOf('JPEG', jpeg(10_000, 10_000))).toBeUndefined();
    expect(await problemOf('JPEG', jpeg(65_535, 65_535))).toBe('imageTooLarge');
    expect(await problemOf('PNG', png(0xffffffff, 0xffffffff))).toBe('imageTooLarge');
  });

  it('without a size is refused', async () => {
    expect(await problemOf('PNG', png(0, 100))).toBe('damaged');
    expect(await problemOf('JPEG', jpeg(100, 100, [0xff, 0xda, 0, 2]))).toBe('damaged');
  });
});

describe('a video', () => {
  it.each(['isom', 'mp42', 'avc1'])('of the brand %s is taken', async (brand) => {
    expect(await problemOf('MP4', mp4(brand, ''))).toBeUndefined();
  });

  it('of another brand is refused, unless it says that it is compatible', async () => {
    expect(await problemOf('MP4', mp4('heic', 'mif1'))).toBe('otherType');
    expect(await problemOf('MP4', mp4('qt  ', 'mp42'))).toBeUndefined();
  });

  it('that is cut off, or has no index, is refused', async () => {
    expect(await problemOf('MP4', mp4().subarray(0, -1))).toBe('damaged');
    expect(await problemOf('MP4', mp4('mp42', 'isom', 'free'))).toBe('damaged');
  });
});

describe('a large file', () => {
  /** Counts what is asked of a source of this size, whose bytes are those of a video with much in the middle. */
  function counted(bytes: Uint8Array, size: number) {
    const asked = { bytes: 0 };
    const source: ByteSource = {
      size,
      async read(start, length) {
        asked.bytes += length;
        const part = new Uint8Array(Math.min(length, size - start));
        part.set(bytes.subarray(start, start + length));
        return part;
      },
    };
    return { source, asked };
  }

  it('is looked into without being read whole', async () => {
    const size = 500_000_000;
    const head = Buffer.from(mp4('mp42', 'isom', 'moov'));
    const { source, asked } = counted(Buffer.concat([head]), size);
    expect(await checkContent('video/mp4', source, { imageMegapixels: 1 })).toBeUndefined();
    expect(asked.bytes).toBeLessThan(5_000_000);
  });

  it('reads the same in blocks as at once', async () => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, at) => (at * 31) & 255);
    const source = inBlocks(bytesSource(bytes));
    await fc.assert(
      fc.asyncProperty(fc.nat(3_100_000), fc.nat(2_500_000), async (start, length) => {
        expect(Buffer.compare(await source.read(start, length), bytes.subarray(start, start + length))).toBe(
          0,
        );
      }),
      { numRuns: 30 },
    );
  });
});

it('a ZIP that is no Office document is refused', async () => {
  expect(await problemOf('DOCX', zipSync({ 'a.txt': Buffer.from('x') }))).toBe('otherType');
});
