#!/usr/bin/env node
import { hash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

const USAGE =
  'Usage: node verifier/verify.mjs bundle.json [ballots.txt] --key <verifier key> [--receipt receipt.json]\n' +
  '       [--proof proof.json] [--chain chain.json] [--json]\n';

const HELP = `${USAGE}
Checks a draw of lottery-draw/v1 or v2 without trusting who made it, offline: from the files and the key alone.

  bundle.json           the draw in one file
  ballots.txt           all its ballots; - reads them from standard input (curl ... | node verifier/verify.mjs ... -)
  --key <verifier key>  the operator's key, <name>+<id>+<base64>. Take it from a place that you trust, never from the
                        bundle: it is the only key that is believed
  --receipt <file>      the acknowledgement of your ballot: is it in the draw?
  --proof <file>        the inclusion proof of that ballot, where you have no ballots.txt
  --chain <file>        a drand chain to be believed besides quicknet, as drand's /info describes it
  --json                one JSON object instead of lines
  --help                this text

It prints one line for each check: CHECKED, FAILED (the first ends it) or NOT CHECKED; then the assurance level, A, B or
C, and the winners.

Exit codes: 0  everything that was checked holds
            1  a check failed
            2  the command line or a file could not be used
            3  everything that was checked holds, but the draw is not drawn yet
`;

const OPTIONS = /** @type {const} */ ({
  key: { type: 'string' },
  receipt: { type: 'string' },
  proof: { type: 'string' },
  chain: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
});

const READ_BYTES = 256 * 1024;
const HASH_BYTES = 32;
const REDRAW_MS = 200;

// Nobody reads any more: that says nothing about the draw.
process.stdout.on('error', () => process.exit(2));

try {
  process.exitCode = await main();
} catch (error) {
  const advice = error.code === 'ERR_MODULE_NOT_FOUND' ? ' (npm install in this folder gets it)' : '';
  process.stderr.write(`verify: ${error.message}${advice}\n`);
  process.exitCode = 2;
}

async function main() {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [bundlePath, ballotsPath, ...others] = positionals;
  if (bundlePath === undefined || others.length > 0 || values.key === undefined)
    throw new Error(`bundle.json and --key are needed\n${USAGE}`);
  // Not a plain import: where the one dependency is missing, help is given all the same, and the exit code is 2.
  const { reportLines, verify } = await import('./core/verify.mjs');
  const ballots = ballotsPath === undefined ? undefined : await openBallots(ballotsPath);
  const report = await verify({
    key: values.key,
    bundle: await readFile(bundlePath),
    sha256,
    ...(values.receipt !== undefined && { receipt: await readFile(values.receipt) }),
    ...(values.proof !== undefined && { proof: await readFile(values.proof) }),
    ...(values.chain !== undefined && { chain: await readChain(values.chain) }),
    ...(ballots && { ballots }),
    ...(process.stderr.isTTY && { onProgress: progressBar() }),
  });
  // Where the bundle is refused nobody has read it.
  ballots?.destroy();
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${reportLines(report).join('\n')}\n`);
  if (report.undrawn) return 3;
  return report.valid ? 0 : 1;
}

async function readChain(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`the chain in ${path} cannot be used: ${error.message}`, { cause: error });
  }
}

/** Opens it at once, so that a wrong path is found before anything is said about the draw. */
async function openBallots(path) {
  if (path === '-') return process.stdin;
  const file = await open(path);
  if ((await file.stat()).isDirectory()) throw new Error(`${path} is a directory`);
  return file.createReadStream({ highWaterMark: READ_BYTES });
}

/** A string of bytes is several times cheaper to get out of OpenSSL than a buffer. */
function sha256(bytes) {
  const digest = hash('sha256', bytes, 'latin1');
  const result = new Uint8Array(HASH_BYTES);
  for (let i = 0; i < HASH_BYTES; i++) result[i] = digest.charCodeAt(i);
  return result;
}

function progressBar() {
  const startedAt = Date.now();
  let drawnAt = 0;
  return (lines, total) => {
    const now = Date.now();
    if (now - drawnAt < REDRAW_MS) return;
    drawnAt = now;
    const percent = Math.floor((100 * lines) / Math.max(total, 1));
    const perSecond = Math.round((1000 * lines) / Math.max(now - startedAt, 1));
    process.stderr.write(`\r\x1b[K${percent} %  ${perSecond.toLocaleString('en')} lines/s`);
  };
}
