import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { Clock } from '../../shared/application/clock';
import { Ids } from '../../shared/application/ids';
import { Randomness } from '../../shared/application/randomness';
import { Admins } from '../../user/user.api';
import { TooManyWebhooks } from '../domain/errors';
import { SECRET_BYTES, secretText } from '../domain/signature';
import { Webhook } from '../domain/webhook';
import { Webhooks } from './webhooks';

/** Maximum number of webhooks: each event is a row for each of them. */
export const MAX_WEBHOOKS = 100;

export interface Registration {
  readonly actorId: string;
  /** Checked by `webhookUrl`. */
  readonly url: string;
  readonly types: readonly string[];
  readonly description: string | null;
}

/** Registers a webhook for the events from now on. */
@Injectable()
export class RegisterWebhook {
  constructor(
    private readonly admins: Admins,
    private readonly webhooks: Webhooks,
    private readonly randomness: Randomness,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  /** Returns the secret, which is shown only this once. @throws AccessForbidden, TooManyWebhooks */
  execute({ actorId, url, types, description }: Registration): Promise<{ webhook: Webhook; secret: string }> {
    return this.admins.act(actorId, async () => {
      if ((await this.webhooks.countUnderLock()) >= MAX_WEBHOOKS) throw new TooManyWebhooks(MAX_WEBHOOKS);
      const now = await this.clock.synchronise();
      const webhook = new Webhook(this.ids.next(now), url, [...new Set(types)], description, now, null, null);
      const secret = this.randomness.bytes(SECRET_BYTES);
      await this.webhooks.add(webhook, secret);
      // Only the origin of the URL: path and query can hold secrets of the receiver.
      const details = { host: new URL(url).host };
      await this.audit.record({
        actor: { userId: actorId },
        action: 'webhook.created',
        subject: webhook.id,
        details,
      });
      return { webhook, secret: secretText(secret) };
    });
  }
}
