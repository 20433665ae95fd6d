import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BuiltDraw } from './bundle-builder';

const PROGRAM = resolve(__dirname, '../../verifier/verify.mjs');
const draw = new BuiltDraw({ beacon: 'test-chain', ballots: 5000, excluded: [1] });
const [winner] = draw.bundle.candidates.slice(-1).map(({ line }) => line.split(' '));

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-mjs-'));
  await writeFile(at('bundle.json'), draw.json);
  await writeFile(at('ballots.txt'), draw.ballots);
  await writeFile(at('chain.json'), JSON.stringify(draw.chain.info));
  await writeFile(at('receipt.json'), JSON.stringify(draw.receipt(7, 999)));
  await writeFile(at('proof.json'), JSON.stringify(draw.proof(7)));
  await writeFile(at('not.json'), '{');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('verify.mjs', () => {
  it('explains itself', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of ['--key', '--receipt', '--proof', '--chain', '--json', 'Exit codes'])
      expect(stdout).toContain(word);
  });

  it('prints a line for each check, the level and the winner', async () => {
    const { code, stdout, stderr } = await run(complete('bundle.json', 'ballots.txt'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'CHECKED the bundle is complete and well formed',
      'CHECKED the bundle is signed by the key that you gave',
      'CHECKED the open note is signed',
      'CHECKED the open note is well formed',
      'CHECKED the seal note is signed',
      'CHECKED the seal note belongs to the open note',
      'CHECKED the sealed tree has a signed checkpoint',
      'CHECKED the exclusions are those of the seal note',
      'CHECKED the beacon round is the one that the rules give',
      'CHECKED the draw note is signed',
      'CHECKED the draw note belongs to the seal note',
      'CHECKED the secret is the one committed to before the first ballot',
      'CHECKED the beacon signature is valid',
      'CHECKED the candidates are those that the randomness names',
      "CHECKED each candidate's ballot is in the sealed tree",
      'CHECKED the assurance level follows from the recorded facts',
      'CHECKED the list has every ballot once, in order',
      'CHECKED the list gives the sealed root',
      'CHECKED your receipt is signed by the same key and for this draw',
      'CHECKED your ballot is in the draw',
      'NOT CHECKED when the seal note became public: keep it as soon as it is published, or ask who did',
      'NOT CHECKED ballots that were refused without a receipt: nobody can prove what was never written',
      'Assurance A: The ballots were sealed before the randomness existed, as everyone who fetched the seal note before that moment can confirm.',
      `Winner 1: ballot ${winner?.[1]}, player ${winner?.[2]}, index ${winner?.[0]}`,
      '',
    ]);
  });

  it('reads the list from standard input', async () => {
    const { code, stdout } = await run(complete('bundle.json', '-'), draw.ballots);
    expect(code).toBe(0);
    expect(stdout).toContain('CHECKED the list gives the sealed root\n');
  });

  it('prints one JSON object', async () => {
    const { code, stdout } = await run([...complete('bundle.json', 'ballots.txt'), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      valid: true,
      assurance: 'A',
      winners: [{ ballotId: winner?.[1], player: winner?.[2], index: Number(winner?.[0]) }],
      void: false,
    });
  });

  it('ends with the first failure', async () => {
    await writeFile(at('short.txt'), draw.ballots.slice(0, 5000));
    const { code, stdout, stderr } = await run(complete('bundle.json', 'short.txt'));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/^FAILED the list has every ballot once, in order: line \d+ is not ballot/),
      'The draw does NOT verify.',
    ]);
    expect(lines.slice(0, -2).every((line) => line.startsWith('CHECKED '))).toBe(true);
    const json = await run([...complete('bundle.json', 'short.txt'), '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ valid: false, assurance: null, winners: [], void: false });
  });

  it('fails for a bundle that is no JSON', async () => {
    const { code, stdout } = await run(complete('not.json'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAILED the bundle is complete and well formed: /);
  });

  const broken: [string, () => string[]][] = [
    ['nothing', () => []],
    ['no key', () => [at('bundle.json')]],
    ['a malformed key', () => [at('bundle.json'), '--key', 'x']],
    ['three files', () => [...complete('bundle.json', 'ballots.txt'), 'x']],
    ['an unknown option', () => [...complete('bundle.json'), '--fast']],
    ['no such bundle', () => complete('none.json')],
    ['no such list', () => complete('bundle.json', 'none.txt')],
    ['a folder as the list', () => complete('bundle.json', '.')],
    ['no such receipt', () => [...complete('bundle.json'), '--receipt', at('none.json')]],
    ['no such proof', () => [...complete('bundle.json'), '--proof', at('none.json')]],
    ['a proof alone', () => [at('bundle.json'), '--key', draw.key, '--proof', at('proof.json')]],
    ['no such chain', () => [at('bundle.json'), '--key', draw.key, '--chain', at('none.json')]],
    ['a chain that is no JSON', () => [at('bundle.json'), '--key', draw.key, '--chain', at('not.json')]],
    ['a chain that is none', () => [at('bundle.json'), '--key', draw.key, '--chain', at('bundle.json')]],
  ];

  it.each(broken)('cannot be used with %s', async (_, args) => {
    const { code, stdout, stderr } = await run(args());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^verify: /);
  });
});

function complete(bundle: string, ballots?: string): string[] {
  const list = ballots === undefined ? [] : [ballots === '-' ? '-' : at(ballots)];
  const mine = ['--receipt', at('receipt.json'), '--proof', at('proof.json')];
  return [at(bundle), ...list, '--key', draw.key, '--chain', at('chain.json'), ...mine];
}

function run(args: string[], input = ''): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { timeout: 30_000 });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
    }
    child.on('error', fail).on('close', (code) => settle({ code, ...output }));
    // A child that fails early does not read what is left.
    child.stdin.on('error', () => undefined).end(input);
  });
}
