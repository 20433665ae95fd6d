import { Inject, Injectable, OnModuleInit } from '@nestjs/common';
import { Meters, Sample } from '../../shared/application/meters';
import { Config } from '../config/config';
import { OutboxChannel, OutboxRows } from './outbox-rows';

/** Metrics of the events that wait in the outbox. */
@Injectable()
export class OutboxMeters implements OnModuleInit {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly meters: Meters,
    private readonly rows: OutboxRows,
  ) {}

  /** Without brokers nothing is published, and nothing waits to be. */
  onModuleInit(): void {
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
