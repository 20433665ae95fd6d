import { Inject, Injectable, OnModuleInit } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Meters, Sample } from '../../shared/application/meters';
import { Config } from '../config/config';
import type { OutboxChannel } from '../events/outbox-rows';
import { OutboxRows } from '../events/outbox-rows';

/** What this process holds of the database, and what waits in the outbox. */
@Injectable()
export class SharedMeters implements OnModuleInit {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly meters: Meters,
    private readonly dataSource: DataSource,
    private readonly rows: OutboxRows,
  ) {}

  onModuleInit(): void {
    this.tellOfConnections();
    this.tellOfOutbox();
  }

  private tellOfConnections(): void {
    const { master: pool } = this.dataSource.driver as unknown as { readonly master: Pool };
    this.meters.gauge(
      { name: 'lottery_database_connections', help: 'Connections of this process by state.', labels: ['state'] },
      () => [
        { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
        { labels: { state: 'idle' }, value: pool.idleCount },
      ],
    );
    this.meters.gauge(
      { name: 'lottery_database_connections_max', help: 'Connections that this process may open.' },
      () => [{ labels: {}, value: this.config.DATABASE_POOL_SIZE }],
    );
    this.meters.gauge(
      { name: 'lottery_database_waiting', help: 'Units of work that wait for a connection of this process.' },
      () => [{ labels: {}, value: pool.waitingCount }],
    );
  }

  /** Without brokers nothing is published, and nothing waits to be. */
  private tellOfOutbox(): void {
    const channels: OutboxChannel[] = ['dispatched', ...(this.config.KAFKA_BROKERS ? (['published'] as const) : [])];
    const ofEach = (value: (channel: OutboxChannel) => Promise<number>) => (): Promise<Sample<'channel'>[]> =>
      Promise.all(channels.map(async (channel) => ({ labels: { channel }, value: await value(channel) })));
    this.meters.gauge(
      {
        name: 'lottery_outbox_pending',
        help: 'Events that this channel has not delivered yet; counted up to 10,000.',
        labels: ['channel'],
      },
      ofEach((channel) => this.rows.pending(channel)),
    );
    this.meters.gauge(
      {
        name: 'lottery_outbox_oldest_seconds',
        help: 'Age in seconds of the oldest event that this channel has not delivered yet; 0 where there is none.',
        labels: ['channel'],
      },
      ofEach((channel) => this.rows.oldestSeconds(channel)),
    );
  }
}
