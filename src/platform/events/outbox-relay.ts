import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { ChannelScheduler } from './channel-scheduler';
import type { Complete } from '../config/config';
import { hasRole, ServiceConfig } from '../config/service-config';
import { DatabaseConfig } from '../database/database-config';
import { DispatchChannel } from './dispatch-channel';
import { PublishChannel } from './publish-channel';
import { RelayPruning } from './relay-pruning';
import { RelaySession } from './relay-session';
import { stackOf } from '../errors/stack-of';

/** How long an event waits at most if its notification was lost. */
const LOOK_INTERVAL_MS = 1_000;
/** Commits within this time share one poll. */
const SHORTEST_PAUSE_MS = 10;
const RECONNECT_FIRST_MS = 200;
const RECONNECT_LONGEST_MS = 5_000;
/** The holder of this partition prunes for all. */
const PRUNER = 0;

/**
 * Delivers the events of the outbox: each partition by one replica at a time, all replicas alike. The notification of a
 * commit only wakes it; it delivers what it finds. Delivery is at least once, in order for each aggregate.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Relay');
  private readonly turns: readonly ChannelScheduler[];
  private session: RelaySession | null = null;
  private running: Promise<void> | null = null;
  private stopping = false;
  private wake: () => void = () => undefined;
  private woken = false;

  constructor(
    @Inject(DatabaseConfig) private readonly database: Complete<DatabaseConfig, 'DATABASE_URL'>,
    private readonly service: ServiceConfig,
    private readonly pruning: RelayPruning,
    dispatched: DispatchChannel,
    published: PublishChannel,
  ) {
    const isOurs = (partition: number) => !this.stopping && this.session?.holds(partition) === true;
    this.turns = [dispatched, published].map((channel) => new ChannelScheduler(channel, isOurs));
  }

  onApplicationBootstrap(): void {
    if (hasRole(this.service, 'relay')) this.running = this.run();
  }

  /** Finishes the running batches; the next holder begins where they end. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.wakeUp();
    await this.running;
  }

  private async run(): Promise<void> {
    const { DATABASE_URL: url, databaseRole: role, databaseSchema: schema } = this.database;
    let pauseMs = 0;
    while (!this.stopping) {
      const session = new RelaySession({ url, role, schema }, () => {
        this.wakeUp();
      });
      try {
        await session.open();
        this.session = session;
        pauseMs = 0;
        while (!this.stopping && session.isAlive) await this.look(session);
      } catch (error) {
        this.logger.warn(`The relay has lost its connection and its partitions. ${stackOf(error)}`);
      }
      // Before the locks are released: no other replica delivers what is being delivered.
      if (session.isAlive) await this.finish();
      await session.close();
      pauseMs = Math.min(Math.max(RECONNECT_FIRST_MS, 2 * pauseMs), RECONNECT_LONGEST_MS);
      this.woken = false;
      await this.pause(pauseMs);
    }
    await this.finish();
  }

  private async look(session: RelaySession): Promise<void> {
    this.woken = false;
    await session.share();
    await session.giveBack((partition) => this.turns.some((turns) => turns.isUnderWay(partition)));
    if (session.isHolder) {
      const open = this.turns.filter(({ channel }) => channel.isOpen);
      for (const turns of open) turns.begin(await session.pendingPartitions(turns.channel.name));
      if (session.holds(PRUNER)) await this.pruning.pruneSome(open.map(({ channel }) => channel.name));
    }
    await sleep(SHORTEST_PAUSE_MS);
    await this.pause(LOOK_INTERVAL_MS);
  }

  private finish(): Promise<unknown> {
    return Promise.all(this.turns.map((turns) => turns.finish()));
  }

  private wakeUp(): void {
    this.woken = true;
    this.wake();
  }

  /** Sleeps until then, or until something wakes it. */
  private async pause(milliseconds: number): Promise<void> {
    if (this.woken || this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
