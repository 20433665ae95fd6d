import type { OnModuleInit } from '@nestjs/common';
import { Metrics, Sample } from '../../shared/application/metrics';
import { OutboxChannel, OutboxRows } from './outbox-rows';

/** Metrics of the events that wait in the outbox. */
export class OutboxMetrics implements OnModuleInit {
  /** @param isPublishing Otherwise nothing waits to be published. */
  constructor(
    private readonly isPublishing: boolean,
    private readonly metrics: Metrics,
    private readonly rows: OutboxRows,
  ) {}

  onModuleInit(): void {
    const channels: OutboxChannel[] = ['dispatched', ...(this.isPublishing ? (['published'] as const) : [])];
    const ofEach = (value: (channel: OutboxChannel) => Promise<number>) => (): Promise<Sample<'channel'>[]> =>
      Promise.all(channels.map(async (channel) => ({ labels: { channel }, value: await value(channel) })));
    this.metrics.gauge(
      {
        name: 'lottery_outbox_pending',
        help: 'Events that this channel has not delivered yet; counted up to 10,000.',
        labels: ['channel'],
      },
      ofEach((channel) => this.rows.pending(channel)),
    );
    this.metrics.gauge(
      {
        name: 'lottery_outbox_oldest_seconds',
        help: 'Age in seconds of the oldest event that this channel has not delivered yet; 0 where there is none.',
        labels: ['channel'],
      },
      ofEach((channel) => this.rows.oldestSeconds(channel)),
    );
  }
}
