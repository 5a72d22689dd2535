import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** The portal: `npm run build` writes it to `web/dist`, from where the runtime serves it and the stack deploys it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [early()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        // What every page begins with comes in one piece: a browser asks for six files at a time and no more.
        codeSplitting: {
          groups: [
            {
              name: 'basis',
              test: /node_modules\/(react|react-dom|scheduler|react-router|zod\/v4\/(core|mini))\//,
            },
          ],
        },
      },
      input: { index: file('index.html'), early: file('src/public/early.ts') },
      onwarn(warning, warn) {
        // antd marks modules for server components, which a single-page portal has none of.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic' } },
});

function file(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Names the early script first of all in the page: it waits for nothing, not even for styles. */
function early(): Plugin {
  return {
    name: 'early-script',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const chunk = Object.values(bundle).find(({ name, type }) => type === 'chunk' && name === 'early');
        const src = chunk ? `/${chunk.fileName}` : '/src/public/early.ts';
        const attrs = { type: 'module', async: true, crossorigin: true, src };
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}
