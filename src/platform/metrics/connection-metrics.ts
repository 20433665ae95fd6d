import { Injectable, OnModuleInit } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Metrics } from '../../shared/application/metrics';

/** Metrics of this process's connections to the database. */
@Injectable()
export class ConnectionMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    const { master: pool } = this.dataSource.driver as unknown as { readonly master: Pool };
    this.metrics.gauge(
      { name: 'lottery_database_connections', help: 'Connections of this process by state.', labels: ['state'] },
      () => [
        { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
        { labels: { state: 'idle' }, value: pool.idleCount },
      ],
    );
    this.metrics.gauge(
      { name: 'lottery_database_connections_max', help: 'Connections that this process may open.' },
      () => [{ labels: {}, value: pool.options.max }],
    );
    this.metrics.gauge(
      { name: 'lottery_database_waiting', help: 'Units of work that wait for a connection of this process.' },
      () => [{ labels: {}, value: pool.waitingCount }],
    );
  }
}
