import { IsIn } from 'class-validator';

/** Where webhooks may be sent, as .env.example documents it. */
export class WebhookConfig {
  /** Whether to private addresses, too, and without TLS: for development and closed networks. */
  @IsIn(['true', 'false'])
  readonly WEBHOOKS_ALLOW_PRIVATE: 'true' | 'false' = 'false';
}
