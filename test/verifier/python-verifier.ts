import { ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface, Interface } from 'node:readline';

export interface PythonRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The interpreter itself: a version manager's `python3` is a slow script before it. Empty if there is none. */
export const PYTHON = spawnSync(
  'python3',
  ['-c', 'import sys; print(sys.executable if sys.version_info >= (3, 9) else "")'],
  { encoding: 'utf8' },
).stdout?.trim();

/** verify.py in one process that runs it again and again: to start Python takes longer than most verifications. */
export class PythonVerifier {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string>;
  private readonly lines: Interface;

  constructor() {
    const driver = join(__dirname, 'verifying.child.py');
    this.child = spawn(PYTHON ?? '', ['-B', driver, resolve(__dirname, '../../verifier')]);
    this.lines = createInterface(this.child.stdout);
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  /** One after the other. @throws Error with what Python printed if it ended. */
  async run(args: readonly string[]): Promise<PythonRun> {
    this.child.stdin.write(`${JSON.stringify(args)}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`Python has ended: ${String(this.child.stderr.read())}`);
    return JSON.parse(value) as PythonRun;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.stdin.end();
    await ended;
  }
}
