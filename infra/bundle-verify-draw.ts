/** Writes `dist/verify-draw.js`: the check of a draw record as one module without dependencies, for browsers and elsewhere. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HEADER = `/**
 * 抽签记录核对：import { verifyDraw } from './verify-draw.js'; verifyDraw(JSON.parse(text)).
 * 返回 { outcome: 'holds' | 'differs' | 'unreadable', message, at? }。不联网，不依赖其他文件。
 * Made from shared/domain/verify-draw.ts by \`npm run bundle:verify-draw\`; change it there.
 */`;

export async function bundledVerifyDraw(): Promise<string> {
  const entry = fileURLToPath(new URL('../shared/domain/verify-draw.ts', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    write: false,
    banner: { js: HEADER },
  });
  return outputFiles[0]?.text ?? '';
}

if (import.meta.main) {
  const folder = fileURLToPath(new URL('../dist/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}verify-draw.js`, await bundledVerifyDraw());
}
