import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { Admins } from '../../user/user.api';
import { Webhooks } from './webhooks';

/** Removes a webhook. */
@Injectable()
export class RemoveWebhook {
  constructor(
    private readonly admins: Admins,
    private readonly webhooks: Webhooks,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws AccessForbidden, WebhookNotFound */
  execute(id: string, actorId: string): Promise<void> {
    return this.admins.act(actorId, async () => {
      await this.webhooks.remove(id);
      await this.audit.record({ actor: { userId: actorId }, action: 'webhook.deleted', subject: id });
    });
  }
}
