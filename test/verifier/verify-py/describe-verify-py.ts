import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PYTHON, PythonRun, PythonVerifier } from '../python-verifier';
import { TestChain } from '../test-chain';
import { TestSigner } from '../test-signer';

const repository = resolve(__dirname, '../../..');
export const VERIFIER = join(repository, 'verifier');
export const SCRIPT = join(VERIFIER, 'verify.py');
/** The key of the draws that the builder makes. */
export const KEY = new TestSigner('lottery.example').verifierKey;

const withPython = PYTHON ? describe : describe.skip;

export interface VerifyPy {
  /** Runs it on a bundle and what else is given, in a process of its own. */
  verify(bundle: unknown, given?: Given): Promise<PythonRun>;
  /** Its report as JSON, from the process that stays. */
  verdict(bundle: unknown, given?: Given): Promise<Verdict & { code: number }>;
  /** Null if every check holds. */
  failedStep(bundle: unknown, given?: Given): Promise<string | null>;
  /** Writes a file into the folder of the suite and returns its path. */
  file(name: string, content: unknown): Promise<string>;
  folder(): string;
}

export interface Given {
  readonly ballots?: string | Buffer;
  readonly receipt?: unknown;
  readonly proof?: unknown;
  readonly key?: string;
  readonly flags?: readonly string[];
}

export interface Winner {
  readonly ballotId: string;
  readonly player: string;
  readonly index: number;
}

export interface Verdict {
  readonly valid: boolean;
  readonly assurance: string | null;
  readonly winners: readonly Winner[];
  readonly void: boolean;
  readonly undrawn: boolean;
  readonly checks: readonly { step: string; status: string; text: string; reason?: string }[];
}

/** Declares a suite about verify.py; it is skipped if there is no Python. */
export function describeVerifyPy(declare: (verifyPy: VerifyPy) => void): void {
  withPython(PYTHON ? 'verify.py' : 'verify.py (skipped: no python3 of 3.9 or later on the PATH)', () => {
    let folder: string;
    let verifier: PythonVerifier;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'verify-py-'));
      await file('chain.json', new TestChain().info);
      verifier = new PythonVerifier();
    });

    afterAll(async () => {
      await verifier.stop();
      await rm(folder, { recursive: true, force: true });
    });

    async function file(name: string, content: unknown): Promise<string> {
      const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
      await writeFile(join(folder, name), isRaw ? content : JSON.stringify(content));
      return join(folder, name);
    }

    async function argumentsFor(bundle: unknown, given: Given): Promise<string[]> {
      const args = [await file('bundle.json', bundle)];
      if (given.ballots !== undefined) args.push(await file('ballots.txt', given.ballots));
      args.push('--key', given.key ?? KEY, '--chain', join(folder, 'chain.json'));
      if (given.receipt !== undefined) args.push('--receipt', await file('receipt.json', given.receipt));
      if (given.proof !== undefined) args.push('--proof', await file('proof.json', given.proof));
      return [...args, ...(given.flags ?? [])];
    }

    async function verify(bundle: unknown, given: Given = {}): Promise<PythonRun> {
      return runPython([SCRIPT, ...(await argumentsFor(bundle, given))]);
    }

    async function verdict(bundle: unknown, given: Given = {}): Promise<Verdict & { code: number }> {
      const { code, stdout, stderr } = await verifier.run(await argumentsFor(bundle, { ...given, flags: ['--json'] }));
      expect(stderr).toBe('');
      return { code, ...(JSON.parse(stdout) as Verdict) };
    }

    async function failedStep(bundle: unknown, given: Given = {}): Promise<string | null> {
      const { code, valid, assurance, winners, checks } = await verdict(bundle, given);
      const failed = checks.find(({ status }) => status === 'failed');
      if (failed === undefined) return null;
      expect({ code, valid, assurance, winners }).toEqual({ code: 1, valid: false, assurance: null, winners: [] });
      expect(checks.indexOf(failed)).toBe(checks.length - 1);
      expect(failed.reason).toMatch(/./);
      return failed.step;
    }

    declare({ verify, verdict, failedStep, file, folder: () => folder });
  });
}

export async function runPython(args: readonly string[], input = '', cwd = repository): Promise<PythonRun> {
  return new Promise((done) => {
    // -B: no __pycache__ in the repository.
    const child = execFile(PYTHON, ['-B', ...args], { cwd }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
    // It may end before it has read all.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
