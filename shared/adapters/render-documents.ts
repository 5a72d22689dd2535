/** Official documents as DOCX, PDF and HTML, with the faces of one folder embedded in the PDF. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RenderDocument } from '../app/ports.ts';
import { toDocx } from '../documents/docx/docx.ts';
import { type DocumentFonts, FONT_FILES } from '../documents/fonts.ts';
import { toHtml } from '../documents/html/html.ts';
import { toPdf } from '../documents/pdf/pdf.ts';

const known = new Map<string, Promise<DocumentFonts>>();

/** The faces are read once, with the first document. */
export function rendererFor(fontsDir: string): RenderDocument {
  return async (document) => {
    const fonts = known.get(fontsDir) ?? facesIn(fontsDir);
    known.set(fontsDir, fonts);
    const pdf = await toPdf(document, await fonts);
    return {
      files: [
        { format: 'docx', bytes: toDocx(document) },
        { format: 'pdf', bytes: pdf.bytes },
        { format: 'html', bytes: new TextEncoder().encode(toHtml(document)) },
      ],
      missing: pdf.missing.map(({ codePoint }) => codePoint),
    };
  };
}

async function facesIn(dir: string): Promise<DocumentFonts> {
  const face = async (path: string) => new Uint8Array(await readFile(join(dir, path)));
  const [text, title, sans] = await Promise.all([
    face(FONT_FILES.text),
    face(FONT_FILES.title),
    face(FONT_FILES.sans),
  ]);
  return { text, title, sans };
}
