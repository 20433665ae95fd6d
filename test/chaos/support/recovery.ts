import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { pause } from '../../support/pause';
import type { Scene } from './faults';
import { submitBallot } from './submission';

const ATTEMPT_MS = 2_000;
const RETRY_MS = 50;
const GIVE_UP_MS = 60_000;
const TICK_MS = 20;
/** A machine that leaves us alone for longer than that has other things to do than to run the service. */
const LONGEST_TICK_MS = 100;

export interface Recovery {
  /** By the clock, for replicas that wait for something. */
  readonly clockMs: number;
  /** For those that have work to do: of a second in which twice as many want a processor as there are, half counts. */
  readonly workMs: number;
}

/** Measures a recovery on a machine that others use as well (Linux). */
class FairWatch {
  private clockMs = 0;
  private workMs = 0;
  private lastMs = performance.now();
  private readonly timer = setInterval(() => {
    this.tick();
  }, TICK_MS);

  stop(): Recovery {
    clearInterval(this.timer);
    this.tick();
    return { clockMs: this.clockMs, workMs: this.workMs };
  }

  private tick(): void {
    const nowMs = performance.now();
    const elapsedMs = Math.min(nowMs - this.lastMs, LONGEST_TICK_MS);
    this.lastMs = nowMs;
    this.clockMs += elapsedMs;
    this.workMs += elapsedMs * Math.min(1, availableParallelism() / runnableTasks());
  }
}

/** That run or want to, in all of the machine, see proc_loadavg(5). */
function runnableTasks(): number {
  return Number(/(\d+)\//.exec(readFileSync('/proc/loadavg', 'utf8'))?.[1] ?? 1);
}

let probes = 0;

/** How long it takes until every replica has answered a ballot for certain. @throws Error where one never does */
export async function recover(scene: Scene): Promise<Recovery> {
  const watch = new FairWatch();
  try {
    await Promise.all(scene.stage.replicas.map((replica) => answered(scene, replica)));
  } finally {
    watch.stop();
  }
  return watch.stop();
}

async function answered({ stage, book, players }: Scene, replica: number): Promise<void> {
  const userId = stage.players[replica] as string;
  const ballot = { key: `probe ${++probes}`, userId, date: players.date };
  const giveUpMs = performance.now() + GIVE_UP_MS;
  while (performance.now() < giveUpMs) {
    const url = stage.fleet.urlOf(replica);
    if (url !== null) {
      const outcome = await submitBallot(url, ballot, stage.bearerOf(userId), ATTEMPT_MS);
      if (book.record(ballot, outcome)) return;
    }
    await pause(RETRY_MS);
  }
  throw new Error(`replica ${replica} did not recover:\n${stage.fleet.logs()}`);
}
