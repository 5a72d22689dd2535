/** Functions bundled as the stack bundles them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ALIAS, BUNDLING, entryOf } from '../../infra/bundling.ts';

/** Builds one entry file into a module of the folder, with what stands in for Node's modules; resolves to its path, its bytes without the source map, and the packages in it. */
export async function bundled(
  entry: string,
  name: string,
  folder: string,
  alias: Record<string, string> = {},
) {
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
    alias,
    banner: { js: banner },
    metafile: true,
    logLevel: 'error',
  });
  const bytes = Object.entries(metafile.outputs).find(([path]) => path.endsWith('.mjs'))?.[1].bytes ?? 0;
  return { file, bytes, packages: [...new Set(Object.keys(metafile.inputs).flatMap(packageOf))] };
}

/** The package that a source file is of, as `name@version` in the lock file; none for a file of our own. */
function packageOf(path: string): string[] {
  const [, folder] = /^(?:.*\/)?(node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  if (!folder) return [];
  const { name, version } = JSON.parse(
    readFileSync(join(path.slice(0, path.indexOf(folder)), folder, 'package.json'), 'utf8'),
  );
  return [`${name}@${version}`];
}

export const bundledFunction = (name: string, folder: string) => bundled(entryOf(name), name, folder, ALIAS);
