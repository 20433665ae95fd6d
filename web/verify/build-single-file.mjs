/* Makes /verifier.html: the page, its style, its script and its worker in one file that loads nothing. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const here = import.meta.dirname;

/**
 * Puts `verifier.html` beside the file that makes pages, and its SHA-256 into both the pages and what the build prints.
 *
 * @returns {import('vite').Plugin}
 */
export function verifierFile() {
  let html = '';
  let sha256 = '';
  return {
    name: 'verifier-file',
    async config() {
      html = await singleFile();
      sha256 = createHash('sha256').update(html).digest('hex');
      return { define: { VERIFIER_SHA256: JSON.stringify(sha256) } };
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'verifier.html', source: html });
      console.log(`verifier.html  SHA-256 ${sha256}`);
    },
  };
}

async function singleFile() {
  const worker = await script('verify.worker.ts', {});
  const page = await script('single-file.tsx', { WORKER_SCRIPT: JSON.stringify(worker) });
  const style = await joined(['single-file.css', 'verify.css']);
  // Within a script element these would end it, or begin a comment; in the strings of a script the escape means the same.
  const inline = `\n${page.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}`;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(inline)}`,
    `style-src ${hashOf(style)}`,
    'worker-src data:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types worker',
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Check a draw yourself</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<noscript><p>This page computes, so it needs JavaScript. The verifiers for the command line need none.</p></noscript>
<script type="module">${inline}</script>
</body>
</html>
`;
}

/** @param {string} file @param {Record<string, string>} define @returns {Promise<string>} one script without imports */
async function script(file, define) {
  const [{ output }] = await run({
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define,
    build: { lib: { entry: join(here, file), formats: ['iife'], name: 'verifier' } },
  });
  return output.find(({ type }) => type === 'chunk').code.trim();
}

/** Not minified: whoever saves the page may want to read it. */
async function joined(files) {
  const texts = await Promise.all(files.map((file) => readFile(join(here, file), 'utf8')));
  return `\n${texts.join('\n')}`;
}

async function run(config) {
  return build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    ...config,
    build: { target: 'es2022', write: false, minify: true, reportCompressedSize: false, ...config.build },
  });
}

function hashOf(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
