import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EventCatalogue } from '../../shared/application/event-catalogue';
import type { Page } from '../../shared/application/page';
import { AdminOnly, CurrentUser } from '../../platform/http/access';
import type { SignedInUser } from '../../platform/http/access-tokens';
import { ApiProblem } from '../../platform/problems/api-problem';
import { UuidPageQuery } from '../../platform/http/page.requests';
import { ApiPage } from '../../platform/http/page.views';
import { UuidParam } from '../../platform/http/uuid.pipe';
import { RegisterWebhook } from '../application/register-webhook';
import { RemoveWebhook } from '../application/remove-webhook';
import { RotateWebhookSecret } from '../application/rotate-webhook-secret';
import { WebhookSender } from '../application/webhook-sender';
import { Webhooks } from '../application/webhooks';
import { knownTypes } from '../domain/event-types';
import { webhookUrl } from '../domain/webhook-url';
import { RegisterWebhookBody, RotateSecretBody } from './webhooks.requests';
import { RegisteredWebhookView, SecretView, WebhookView } from './webhooks.views';

@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly registerWebhook: RegisterWebhook,
    private readonly removeWebhook: RemoveWebhook,
    private readonly rotation: RotateWebhookSecret,
    private readonly webhooks: Webhooks,
    private readonly sender: WebhookSender,
    private readonly events: EventCatalogue,
  ) {}

  @Post()
  @AdminOnly()
  @ApiOperation({ summary: 'Have events sent to a URL, signed as Standard Webhooks says (admin)' })
  @ApiCreatedResponse({
    type: RegisteredWebhookView,
    links: {
      test: { operationId: 'webhookDeliveriesTest', parameters: { id: '$response.body#/id' } },
      deliveries: { operationId: 'webhookDeliveriesList', parameters: { id: '$response.body#/id' } },
      rotate: { operationId: 'webhooksRotateSecret', parameters: { id: '$response.body#/id' } },
      remove: { operationId: 'webhooksRemove', parameters: { id: '$response.body#/id' } },
    },
  })
  @ApiProblem(409, 'webhook.too-many')
  @ApiProblem(422, 'webhook.url-refused')
  async register(
    @Body() body: RegisterWebhookBody,
    @CurrentUser() actor: SignedInUser,
  ): Promise<RegisteredWebhookView> {
    const url = webhookUrl(body.url, this.sender.isPrivateAllowed);
    const { description = null } = body;
    const types = knownTypes(body.types, this.events.types);
    const made = await this.registerWebhook.execute({ actorId: actor.id, url, types, description });
    return new RegisteredWebhookView(made.webhook, made.secret);
  }

  @Get()
  @AdminOnly()
  @ApiOperation({ summary: 'All webhooks, newest first, without their secrets (admin)' })
  @ApiPage(WebhookView)
  async list(@Query() page: UuidPageQuery): Promise<Page<WebhookView>> {
    const { items, nextCursor } = await this.webhooks.page(page);
    return { items: items.map((webhook) => new WebhookView(webhook)), nextCursor };
  }

  @Post(':id/secret')
  @AdminOnly()
  @ApiOperation({
    summary: 'Get a new secret; deliveries are signed with the old ones, too, for a while (admin)',
    description:
      'The header webhook-signature then holds a signature of each, separated by spaces (Standard Webhooks).',
  })
  @ApiBody({ type: RotateSecretBody, required: false })
  @ApiCreatedResponse({ type: SecretView })
  @ApiProblem(404, 'webhook.not-found')
  @ApiProblem(409, 'webhook.too-many-secrets')
  async rotateSecret(
    @UuidParam('id') webhookId: string,
    @Body() { overlapSeconds }: RotateSecretBody,
    @CurrentUser() actor: SignedInUser,
  ): Promise<SecretView> {
    return new SecretView(await this.rotation.execute({ actorId: actor.id, webhookId, overlapSeconds }));
  }

  @Delete(':id')
  @AdminOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Send nothing more, and forget what was sent (admin)' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'webhook.not-found')
  remove(@UuidParam('id') id: string, @CurrentUser() actor: SignedInUser): Promise<void> {
    return this.removeWebhook.execute(id, actor.id);
  }
}
