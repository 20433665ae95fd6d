import { Module } from '@nestjs/common';
import { UserModule } from '../user/user.module';
import { Deliveries } from './application/deliveries';
import { QueueDeliveries } from './application/queue-deliveries';
import { RegisterWebhook } from './application/register-webhook';
import { RemoveWebhook } from './application/remove-webhook';
import { RotateWebhookSecret } from './application/rotate-webhook-secret';
import { SendDelivery } from './application/send-delivery';
import { WebhookSender } from './application/webhook-sender';
import { Webhooks } from './application/webhooks';
import { HttpWebhookSender } from './infrastructure/http-webhook-sender';
import { TypeOrmDeliveries } from './infrastructure/typeorm-deliveries';
import { TypeOrmWebhooks } from './infrastructure/typeorm-webhooks';
import { WebhookMetrics } from './infrastructure/webhook-metrics';
import { WebhookCourier } from './infrastructure/webhook-courier';
import { WebhookDeliveriesController } from './infrastructure/webhook-deliveries.controller';
import { WebhooksController } from './infrastructure/webhooks.controller';
import { describeWebhooks, MESSAGES_TAG } from './infrastructure/webhooks.document';

/** Webhooks: events sent over HTTP. */
@Module({
  imports: [UserModule],
  controllers: [WebhooksController, WebhookDeliveriesController],
  providers: [
    { provide: Webhooks, useClass: TypeOrmWebhooks },
    { provide: Deliveries, useClass: TypeOrmDeliveries },
    { provide: WebhookSender, useClass: HttpWebhookSender },
    RegisterWebhook,
    RemoveWebhook,
    RotateWebhookSecret,
    QueueDeliveries,
    SendDelivery,
    WebhookCourier,
    WebhookMetrics,
  ],
})
export class WebhookModule {
  static readonly tags = { webhooks: 'Events sent to a URL', [MESSAGES_TAG]: 'What is sent to it' };
  static readonly describe = describeWebhooks;
}
