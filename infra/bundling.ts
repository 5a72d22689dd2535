/** How functions are bundled: by the stack, and by the test that weighs the bundles. */
import { dirname } from 'node:path';
import { FONT_FILES } from '../shared/documents/fonts.ts';

export const BUNDLING = {
  minify: true,
  sourceMap: true,
  // The clients of the lock file, not those of the day's runtime.
  bundleAwsSDK: true,
  mainFields: ['module', 'main'] as string[],
  // Some dependencies are CommonJS and call require() for Node's own modules.
  banner: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
} as const;

/** What stands in for modules of Node's, in esbuild's terms. */
export const ALIAS = { 'node:http': new URL('node-http.cjs', import.meta.url).pathname };

/** The same as arguments of esbuild's command. */
export const ALIAS_ARGS = {
  '--alias': Object.entries(ALIAS).map(([name, file]) => `${name}=${file}`),
};

export function entryOf(functionName: string): string {
  return new URL(`../functions/${functionName}/index.ts`, import.meta.url).pathname;
}

/** Where a function finds the faces of documents: a folder beside its code. */
export const FONTS_FOLDER = 'fonts';

/** Copies the faces into the asset of a function that renders documents. */
export const WITH_FONTS = {
  beforeInstall: () => [],
  beforeBundling: () => [],
  afterBundling: (from: string, to: string) =>
    Object.values(FONT_FILES).flatMap((file) => [
      `mkdir -p ${dirname(`${to}/fonts/${file}`)}`,
      `cp ${from}/node_modules/${file} ${to}/fonts/${file}`,
    ]),
};
