import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { verifierFile } from './verify/build-single-file.mjs';

const web = import.meta.dirname;

/** Every `pages/<name>/<file>` and `parts/<name>/<file>` that there is, as paths from `web`. */
function each(file: string): string[] {
  return ['pages', 'parts'].flatMap((kind) =>
    readdirSync(join(web, kind))
      .map((name) => `${kind}/${name}/${file}`)
      .filter((path) => existsSync(join(web, path))),
  );
}

/** Two builds: what browsers load (`dist/web/client`), and one file that makes pages (`dist/web/server/pages.mjs`). */
export default defineConfig(({ isSsrBuild }) => ({
  root: web,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  ssr: { noExternal: true },
  plugins: isSsrBuild ? [verifierFile()] : [],
  worker: { format: 'es' },
  build: {
    emptyOutDir: false,
    reportCompressedSize: false,
    // The policy of the pages allows no data: addresses for scripts and styles.
    assetsInlineLimit: 0,
    target: isSsrBuild ? 'node20' : 'es2022',
    ...(isSsrBuild
      ? {
          ssr: 'server.tsx',
          outDir: '../dist/web/server',
          copyPublicDir: false,
          ssrEmitAssets: false,
          rolldownOptions: { output: { entryFileNames: 'pages.mjs' } },
        }
      : {
          outDir: '../dist/web/client',
          manifest: true,
          modulePreload: { polyfill: false },
          rolldownOptions: {
            // The page calls what an island exports.
            preserveEntrySignatures: 'exports-only',
            input: [
              ...['client/theme.ts', 'client/site.ts', 'style/site.css'],
              ...each('island.tsx'),
              ...each('page.css'),
            ].map((path) => join(web, path)),
          },
        }),
  },
}));
