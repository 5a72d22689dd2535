/**
 * The free fonts that stand in for the standard's proprietary ones: Noto Serif SC for 仿宋, 楷体 and 宋体, its bold for
 * 小标宋, Noto Sans SC for 黑体 (SIL Open Font License 1.1).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Face } from './model.ts';

export type FontName = 'serif' | 'serifBold' | 'sans';
export type Fonts = Record<FontName, Uint8Array>;

export const FONT_OF: Record<Face, FontName> = {
  xiaobiaosong: 'serifBold',
  heiti: 'sans',
  kaiti: 'serif',
  fangsong: 'serif',
  songti: 'serif',
};

const FILES: Record<FontName, { module: string; path: string; file: string }> = {
  serif: { module: '@expo-google-fonts/noto-serif-sc', path: '400Regular', file: 'NotoSerifSC_400Regular.ttf' },
  serifBold: { module: '@expo-google-fonts/noto-serif-sc', path: '700Bold', file: 'NotoSerifSC_700Bold.ttf' },
  sans: { module: '@expo-google-fonts/noto-sans-sc', path: '400Regular', file: 'NotoSansSC_400Regular.ttf' },
};

/** Where the fonts stand in the installed packages: what a bundle must copy into its own folder. */
export function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return Object.values(FILES).map(({ module, path, file }) => resolve(`${module}/${path}/${file}`));
}

/** Reads the fonts from `folder`, else from the installed packages. 40 MB: once per process. */
export function loadFonts(folder?: string): Fonts {
  const [serif = '', serifBold = '', sans = ''] = folder
    ? Object.values(FILES).map(({ file }) => join(folder, file))
    : fontFiles();
  return { serif: readFileSync(serif), serifBold: readFileSync(serifBold), sans: readFileSync(sans) };
}
