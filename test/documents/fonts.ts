import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type DocumentFonts, FONT_FILES } from '../../shared/documents/fonts.ts';

const require = createRequire(import.meta.url);
const read = (face: keyof DocumentFonts) => new Uint8Array(readFileSync(require.resolve(FONT_FILES[face])));

export const fonts: DocumentFonts = { text: read('text'), title: read('title'), sans: read('sans') };
