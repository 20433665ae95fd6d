import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Webhooks } from './webhooks';

/** Somebody outside is told nothing any more. */
@Injectable()
export class RemoveWebhook {
  constructor(
    private readonly work: UnitOfWork,
    private readonly webhooks: Webhooks,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws WebhookNotFound */
  execute(id: string, actorId: string): Promise<void> {
    return this.work.run(async () => {
      await this.webhooks.remove(id);
      await this.audit.record({ actor: { userId: actorId }, action: 'webhook.deleted', subject: id });
    });
  }
}
