/** Functions bundled as the stack bundles them. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLING, entryOf } from '../../infra/bundling.ts';

/** Builds one entry file into a module of the folder; resolves to its path and its bytes, the source map apart. */
export async function bundled(entry: string, name: string, folder: string) {
  const file = join(folder, `${name}.mjs`);
  const { minify, sourceMap, mainFields, banner } = BUNDLING;
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify,
    sourcemap: sourceMap,
    mainFields,
    banner: { js: banner },
    metafile: true,
    logLevel: 'error',
  });
  const bytes = Object.entries(metafile.outputs).find(([path]) => path.endsWith('.mjs'))?.[1].bytes ?? 0;
  return { file, bytes };
}

export const bundledFunction = (name: string, folder: string) => bundled(entryOf(name), name, folder);
