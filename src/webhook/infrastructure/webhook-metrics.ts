import { Injectable, OnModuleInit } from '@nestjs/common';
import { Metrics } from '../../shared/application/metrics';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';

/** Counting stops here: a larger number would tell operators nothing more. The count reads a partial index. */
const COUNTED_AT_MOST = 10_000;
const PENDING = `
  select count(*)::integer as value from (
    select from webhook_deliveries
    join webhooks on webhooks.id = webhook_id and disabled_at is null
    where status = 'pending' limit ${COUNTED_AT_MOST}
  ) as pending`;

/** One index look-up for each webhook, however many deliveries wait. */
const LATE_SECONDS = `
  select coalesce(greatest(extract(epoch from database_time() - min(earliest.due)), 0), 0)::float8 as value
  from webhooks cross join lateral (
    select next_attempt_at as due from webhook_deliveries
    where webhook_id = webhooks.id and status = 'pending' order by next_attempt_at limit 1
  ) as earliest
  where disabled_at is null and (paused_until is null or paused_until <= database_time())`;

@Injectable()
export class WebhookMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly work: TypeOrmUnitOfWork,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      {
        name: 'lottery_webhook_pending',
        help: 'Deliveries to webhooks that are to be attempted; counted up to 10,000.',
      },
      () => this.read(PENDING),
    );
    this.metrics.gauge(
      {
        name: 'lottery_webhook_late_seconds',
        help: 'Seconds since the most overdue attempt was due; 0 where none is.',
      },
      () => this.read(LATE_SECONDS),
    );
  }

  private async read(question: string) {
    const [{ value }] = await this.work.reader.query<[{ value: number }]>(question);
    return [{ labels: {}, value }];
  }
}
