import { pause } from '../../support/pause';
import type { AcknowledgementBook } from './acknowledgement-book';
import type { DatabaseProxy, Told } from './database-proxy';
import type { Dice } from './dice';
import type { PersistentPlayers } from './persistent-players';
import type { Stage } from './stage';
import { QUEUE_FULL, WantedBallot } from './submission';

/**
 * More than wait in the queue (10,000) and in the batch before it (1,000), and in those that have waited too long
 * since.
 */
const CROWD = 16_000;
/** They come until one of them meets the full queue. */
const LATECOMERS = 300;
const LATECOMER_EVERY_MS = 100;
const LONGEST_HOLE_MS = 8_000;

export type Fault = { readonly replicas: readonly number[] } & (
  | { readonly kind: 'kill -9 the service' }
  | { readonly kind: 'kill -9 PostgreSQL' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'delay'; readonly delayMs: number; readonly forMs: number }
  | { readonly kind: 'half-open'; readonly told: Told }
  | { readonly kind: 'black hole'; readonly forMs: number }
  | { readonly kind: 'full queue' }
);
type Kind = Fault['kind'];

const KINDS: readonly Kind[] = [
  'kill -9 the service',
  'kill -9 PostgreSQL',
  'cut',
  'delay',
  'half-open',
  'black hole',
  'full queue',
];

/** So many faults, of each kind as many as of the others, in an order that only the dice know. */
export function planFaults(count: number, dice: Dice, replicas: readonly number[]): Fault[] {
  const kinds = Array.from({ length: count }, (_, i) => KINDS[i % KINDS.length] as Kind);
  return dice.shuffled(kinds).map((kind): Fault => {
    const one = [dice.oneOf(replicas)];
    const some = dice.next() < 0.5 ? one : replicas;
    switch (kind) {
      case 'kill -9 the service':
      case 'full queue':
        return { kind, replicas: one };
      case 'kill -9 PostgreSQL':
        return { kind, replicas };
      case 'cut':
        return { kind, replicas: some };
      case 'delay':
        return { kind, replicas: some, delayMs: dice.between(20, 400), forMs: dice.between(500, 3_000) };
      case 'half-open':
        return { kind, replicas: some, told: dice.oneOf<Told>(['service', 'database', 'nobody']) };
      case 'black hole':
        return { kind, replicas: some, forMs: dice.between(500, LONGEST_HOLE_MS) };
    }
  });
}

export interface Scene {
  readonly stage: Stage;
  readonly book: AcknowledgementBook;
  readonly players: PersistentPlayers;
}

/** Resolves when what caused the fault is over: from then on the service has all that it needs. */
export async function strike(scene: Scene, fault: Fault): Promise<void> {
  const { stage } = scene;
  const proxies = fault.replicas.flatMap((i) => stage.proxies[i] ?? []);
  switch (fault.kind) {
    case 'kill -9 the service':
      for (const replica of fault.replicas) await stage.fleet.kill(replica);
      return;
    case 'kill -9 PostgreSQL':
      await stage.postgres.kill();
      return stage.restartPostgres();
    case 'cut':
      for (const proxy of inUse(proxies)) proxy.cut();
      return;
    case 'delay':
      for (const proxy of inUse(proxies)) proxy.delay(fault.delayMs);
      return healAfter(fault.forMs, proxies);
    case 'half-open':
      for (const proxy of inUse(proxies)) proxy.halfOpen(fault.told);
      return;
    case 'black hole':
      for (const proxy of inUse(proxies)) proxy.blackHole();
      return healAfter(fault.forMs, proxies);
    case 'full queue':
      return fillQueue(scene, fault.replicas[0] ?? 0);
  }
}

/** @throws Error where nobody would notice a fault. */
function inUse(proxies: readonly DatabaseProxy[]): readonly DatabaseProxy[] {
  if (proxies.every(({ connections }) => connections === 0)) throw new Error('the fault met no connection');
  return proxies;
}

async function healAfter(milliseconds: number, proxies: readonly DatabaseProxy[]): Promise<void> {
  await pause(milliseconds);
  for (const proxy of proxies) proxy.heal();
}

let crowds = 0;

/** While nobody can append, more ballots come to one replica than it lets wait. */
async function fillQueue({ stage, book, players }: Scene, replica: number): Promise<void> {
  const url = stage.fleet.urlOf(replica);
  if (url === null) return;
  const crowd = ++crowds;
  const { date } = players;
  const wanted = (i: number): WantedBallot => ({
    key: `crowd ${crowd} ballot ${i}`,
    userId: stage.players[i % stage.players.length] as string,
    date,
  });
  const release = await stage.holdLog(date);
  players.joinedBy(
    players.settleTogether(
      Array.from({ length: CROWD }, (_, i) => wanted(i)),
      url,
    ),
  );
  const refusedBefore = book.doubtsOf(QUEUE_FULL);
  for (let i = 0; i < LATECOMERS && book.doubtsOf(QUEUE_FULL) === refusedBefore; i++) {
    players.joinedBy(players.settle(wanted(CROWD + i), url));
    await pause(LATECOMER_EVERY_MS);
  }
  await release();
}
