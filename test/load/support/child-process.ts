import { ChildProcess, fork, Serializable } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { V8_FLAGS } from './v8-flags';

const FOLDER = join(__dirname, '..');

/** A process of its own, which says through `process.send` what it has to say. */
export class Child<Message> {
  private constructor(private readonly process: ChildProcess) {}

  /** Runs a TypeScript file of test/load. */
  static start<Message>(file: string, args: string[] = [], environment: Record<string, string> = {}): Child<Message> {
    const env = { ...process.env, ...environment };
    return new Child(fork(join(FOLDER, file), args, { execArgv: [...V8_FLAGS, '-r', '@swc-node/register'], env }));
  }

  get pid(): number {
    return this.process.pid as number;
  }

  tell(message: Serializable): void {
    this.process.send(message);
  }

  /** Its next message. @throws Error if it ends without. */
  message(): Promise<Message> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null) => {
        reject(new Error(`a process of the benchmark ended early, with ${code ?? 'a signal'}`));
      };
      this.process.once('exit', onExit);
      this.process.once('message', (message) => {
        this.process.off('exit', onExit);
        resolve(message as Message);
      });
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }
}
