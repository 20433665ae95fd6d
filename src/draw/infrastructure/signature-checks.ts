import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SignatureClaim } from './bls-signature';

/**
 * Time limit of a check. It takes 50 ms, the first one of a thread half a second; the rest is for badly overloaded
 * machines.
 */
const CHECK_TIMEOUT_MS = 10_000;
/** How long an idle thread is kept. It holds 30 MB, and the next draw may be a day away. */
const IDLE_MS = 30_000;

/** Checks signatures one after another in a thread, which starts when it is needed and is replaced when it fails. */
export class SignatureChecks {
  private worker: Worker | null = null;
  private idle: NodeJS.Timeout | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private ended = false;

  constructor(
    private readonly timeoutMs = CHECK_TIMEOUT_MS,
    private readonly startWorker = startOwnWorker,
  ) {}

  /** @throws Error if the check failed, timed out or was stopped: that says nothing about the signature. */
  isGenuine(claim: SignatureClaim): Promise<boolean> {
    const check = this.last.then(() => this.check(claim));
    this.last = check.catch(() => undefined);
    return check;
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.dismiss();
  }

  private async check(claim: SignatureClaim): Promise<boolean> {
    if (this.ended) throw new Error('signature checks have ended');
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.start());
    try {
      return await answerOf(worker, claim, this.timeoutMs);
    } catch (error) {
      await this.dismiss();
      throw error;
    } finally {
      this.idle = setTimeout(() => void this.dismiss(), IDLE_MS).unref();
    }
  }

  private start(): Worker {
    const worker = this.startWorker();
    worker.unref();
    const forget = () => {
      if (this.worker === worker) this.worker = null;
    };
    // Without a listener, an idle thread that fails would end the whole service.
    worker.on('error', forget).on('exit', forget);
    return worker;
  }

  private async dismiss(): Promise<void> {
    clearTimeout(this.idle);
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }
}

async function answerOf(worker: Worker, claim: SignatureClaim, timeoutMs: number): Promise<boolean> {
  const listening = new AbortController();
  const { signal } = listening;
  const timeout = setTimeout(() => {
    listening.abort(new Error(`no verdict within ${timeoutMs} ms`));
  }, timeoutMs).unref();
  const ended = once(worker, 'exit', { signal }).then(() => {
    throw new Error('the thread that checks signatures ended');
  });
  try {
    worker.postMessage(claim);
    const [answer] = (await Promise.race([once(worker, 'message', { signal }), ended])) as [unknown];
    return answer === true;
  } finally {
    clearTimeout(timeout);
    listening.abort();
  }
}

/** Beside this file: compiled in dist, or the source if TypeScript is run directly. */
function startOwnWorker(): Worker {
  const file = require.resolve('./signature-checks.worker');
  return new Worker(file, {
    name: 'signature checks',
    execArgv: extname(file) === '.ts' ? ['-r', '@swc-node/register'] : [],
  });
}
