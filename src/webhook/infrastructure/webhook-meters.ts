import { Injectable, OnModuleInit } from '@nestjs/common';
import { Meters } from '../../shared/application/meters';
import { TypeOrmUnitOfWork } from '../../shared/infrastructure/typeorm-unit-of-work';

/** Of so many that wait, one more changes nothing for whoever watches; what is counted is in an index of its own. */
const COUNTED_AT_MOST = 10_000;
const WAITING = `
  select count(*)::integer as pending,
    coalesce(greatest(extract(epoch from database_time() - min(next_attempt_at)), 0), 0)::float8 as "lateSeconds"
  from (
    select next_attempt_at from webhook_deliveries delivery
    join webhooks on webhooks.id = webhook_id and disabled_at is null
    where status = 'pending' limit ${COUNTED_AT_MOST}
  ) waiting`;

type Waiting = Readonly<Record<'pending' | 'lateSeconds', number>>;

@Injectable()
export class WebhookMeters implements OnModuleInit {
  constructor(
    private readonly meters: Meters,
    private readonly work: TypeOrmUnitOfWork,
  ) {}

  onModuleInit(): void {
    this.meters.gauge(
      {
        name: 'lottery_webhook_pending',
        help: 'Deliveries to webhooks that are to be attempted; counted up to 10,000.',
      },
      () => this.read('pending'),
    );
    this.meters.gauge(
      {
        name: 'lottery_webhook_late_seconds',
        help: 'Seconds since the most overdue attempt was due; 0 where none is.',
      },
      () => this.read('lateSeconds'),
    );
  }

  private async read(what: keyof Waiting) {
    const [waiting] = await this.work.reader.query<[Waiting]>(WAITING);
    return [{ labels: {}, value: waiting[what] }];
  }
}
