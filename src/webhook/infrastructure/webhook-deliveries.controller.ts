import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../shared/application/page';
import { AdminOnly, CurrentUser } from '../../platform/http/access';
import type { SignedInUser } from '../../platform/http/access-tokens';
import { ApiProblem } from '../../platform/problems/api-problem';
import { UuidPageQuery } from '../../platform/http/page.requests';
import { ApiPage } from '../../platform/http/page.views';
import { UuidParam } from '../../platform/http/uuid.pipe';
import { Deliveries } from '../application/deliveries';
import { QueueDeliveries } from '../application/queue-deliveries';
import { Webhooks } from '../application/webhooks';
import { DeliveryView, QueuedView } from './webhooks.views';

@ApiTags('webhooks')
@Controller('webhooks/:id')
export class WebhookDeliveriesController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
    private readonly queue: QueueDeliveries,
  ) {}

  @Get('deliveries')
  @AdminOnly()
  @ApiOperation({ summary: 'What was sent or is to be sent, newest first (admin)' })
  @ApiPage(DeliveryView)
  @ApiProblem(404, 'webhook.not-found')
  async list(@UuidParam('id') id: string, @Query() page: UuidPageQuery): Promise<Page<DeliveryView>> {
    await this.webhooks.get(id);
    const { items, nextCursor } = await this.deliveries.page(id, page);
    return { items: items.map((delivery) => new DeliveryView(delivery)), nextCursor };
  }

  @Post('deliveries/:deliveryId/retry')
  @AdminOnly()
  @HttpCode(202)
  @ApiOperation({ summary: 'Send a delivery once more, whatever became of it (admin)' })
  @ApiAcceptedResponse()
  @ApiProblem(404, 'webhook.not-found', 'webhook.delivery-not-found')
  @ApiProblem(409, 'webhook.disabled')
  retry(
    @UuidParam('id') id: string,
    @UuidParam('deliveryId') deliveryId: string,
    @CurrentUser() actor: SignedInUser,
  ): Promise<void> {
    return this.queue.retry(id, deliveryId, actor.id);
  }

  @Post('test')
  @AdminOnly()
  @HttpCode(202)
  @ApiOperation({ summary: 'Send a message of the type webhook.test (admin)' })
  @ApiAcceptedResponse({
    type: QueuedView,
    links: {
      retry: {
        operationId: 'webhookDeliveriesRetry',
        parameters: { id: '$request.path.id', deliveryId: '$response.body#/deliveryId' },
      },
    },
  })
  @ApiProblem(404, 'webhook.not-found')
  @ApiProblem(409, 'webhook.disabled')
  async test(@UuidParam('id') id: string, @CurrentUser() actor: SignedInUser): Promise<QueuedView> {
    return new QueuedView(await this.queue.test(id, actor.id));
  }
}
