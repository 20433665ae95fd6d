import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { Randomness } from '../../shared/application/randomness';
import { Admins } from '../../user/user.api';
import { TooManySecrets } from '../domain/errors';
import { SECRET_BYTES, secretText } from '../domain/signature';
import { Webhooks } from './webhooks';

/** Each signs every delivery. */
const MAX_OLD_SECRETS = 4;

export interface Rotation {
  readonly actorId: string;
  readonly webhookId: string;
  /** For so long the old secrets sign, too; 0: they end at once, as if one has leaked. */
  readonly overlapSeconds: number;
}

/** Gives a webhook a new secret. Deliveries are signed with the old one, too, until its receiver knows the new one. */
@Injectable()
export class RotateWebhookSecret {
  constructor(
    private readonly admins: Admins,
    private readonly webhooks: Webhooks,
    private readonly randomness: Randomness,
    private readonly audit: AuditTrail,
  ) {}

  /** Returns the secret, which is shown only this once. @throws AccessForbidden, WebhookNotFound, TooManySecrets */
  execute({ actorId, webhookId, overlapSeconds }: Rotation): Promise<string> {
    return this.admins.act(actorId, async () => {
      const secret = this.randomness.bytes(SECRET_BYTES);
      const old = await this.webhooks.rotateSecret(webhookId, secret, overlapSeconds);
      if (old > MAX_OLD_SECRETS) throw new TooManySecrets(MAX_OLD_SECRETS);
      const details = { overlapSeconds: String(overlapSeconds) };
      await this.audit.record({
        actor: { userId: actorId },
        action: 'webhook.secret-rotated',
        subject: webhookId,
        details,
      });
      return secretText(secret);
    });
  }
}
