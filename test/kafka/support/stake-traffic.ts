import { randomUUID } from 'node:crypto';
import type { Stake } from '../../../src/pool/pool.api';
import type { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';
import { KafkaProducer, TopicMessage } from '../../../src/platform/kafka/kafka-producer';
import { pause } from '../../support/pause';

const TOPIC = 'player.v1.staked';
const AT_A_TIME = 100;
const PLAYERS = 500;
const IDLE_MS = 10;
const RETRY_MS = 100;

/** A game service that announces stakes, each until the broker has it: after an error perhaps a second time. */
export class StakeTraffic {
  /** What the broker has for certain. */
  readonly announced: Stake[] = [];
  /** Sends that are repeated: nobody knows what came of the first. */
  repeated = 0;
  private readonly games: readonly string[];
  private readonly players = Array.from({ length: PLAYERS }, () => randomUUID());
  private readonly producer: KafkaProducer;
  private readonly running: Promise<void>;
  private allowed = 0;
  private stopped = false;

  constructor(connection: KafkaConnection, games: number) {
    this.games = Array.from({ length: games }, () => randomUUID());
    this.producer = new KafkaProducer(connection);
    this.running = this.run();
  }

  /** So many in all. */
  allow(total: number): void {
    this.allowed = total;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    await this.producer.close().catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const count = Math.min(AT_A_TIME, this.allowed - this.announced.length);
      if (count <= 0) await pause(IDLE_MS);
      else await this.announce(Array.from({ length: count }, () => this.stake()));
    }
  }

  private async announce(stakes: readonly Stake[]): Promise<void> {
    const messages = stakes.map(messageOf);
    while (!this.stopped) {
      try {
        await this.producer.send(messages);
        this.announced.push(...stakes);
        return;
      } catch {
        this.repeated++;
        await pause(RETRY_MS);
      }
    }
  }

  private stake(): Stake {
    const stakeMinor = BigInt(1 + Math.floor(10_000 * Math.random()));
    return { messageId: randomUUID(), userId: oneOf(this.players), gameId: oneOf(this.games), stakeMinor };
  }
}

function messageOf({ messageId, userId, gameId, stakeMinor }: Stake): TopicMessage {
  const game = { playerId: userId, gameId, stake: stakeMinor.toString() };
  const value = JSON.stringify({ message: { eventType: 'player.stakeCreated' }, game });
  return { topic: TOPIC, message: { key: gameId, value, headers: { uuid: messageId } } };
}

function oneOf(values: readonly string[]): string {
  return values[Math.floor(values.length * Math.random())] as string;
}
