import type { OpenAPIObject } from '@nestjs/swagger';
import type { EventCatalogue, EventDescription } from '../../shared/application/event-catalogue';
import { BODY_VERSION, TEST_TYPE } from '../application/queue-deliveries';
import { MAX_ATTEMPTS } from '../domain/delivery';
import { ALL_TYPES } from '../domain/event-types';
import { TIMEOUT_MS } from './http-webhook-sender';

const TEST: EventDescription = {
  summary: 'A test that an admin asked for; every webhook gets it',
  fields: { webhookId: { type: 'string', format: 'uuid' } },
};

/** Not that of the routes: generators make a class of each tag, and would replace the one by the other. */
export const MESSAGES_TAG = 'webhook-messages';

const DESCRIPTION =
  `Sent as Standard Webhooks says (standardwebhooks.com). 2xx within ${TIMEOUT_MS / 1000} seconds takes it; ` +
  `else there are up to ${MAX_ATTEMPTS} attempts within about a day, with growing pauses. 429 and 503 with ` +
  'Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular ' +
  'order: repetitions have the same webhook-id, and the timestamp says when it happened.';

const HEADERS = {
  'webhook-id': 'Id of the message: the same for each attempt, and for all webhooks that get it.',
  'webhook-timestamp': 'Seconds since 1970 of this attempt. Refuse what is minutes old.',
  'webhook-signature':
    '`v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows ' +
    'whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough.',
};

/** Adds the messages that webhooks get, and the types for which one can be registered. */
export function describeWebhooks(document: OpenAPIObject, events: EventCatalogue): OpenAPIObject {
  const webhooks = [...events.all, [TEST_TYPE, TEST] as const].map(([type, event]) => [type, webhookOf(type, event)]);
  const types = document.components?.schemas?.['RegisterWebhookBody'] as RegistrationSchema;
  types.properties.types.items = { type: 'string', enum: [ALL_TYPES, ...events.types] };
  return { ...document, webhooks: Object.fromEntries(webhooks) as object } as OpenAPIObject;
}

interface RegistrationSchema {
  readonly properties: { readonly types: { items: object } };
}

function webhookOf(type: string, { summary, fields }: EventDescription): object {
  const [first, ...rest] = type.split(/[.-]/) as [string, ...string[]];
  const name = first + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  const schema = {
    type: 'object',
    required: ['type', 'version', 'timestamp', 'data'],
    properties: {
      type: { type: 'string', enum: [type] },
      version: {
        type: 'integer',
        enum: [BODY_VERSION],
        description: 'Of the form of this body. Fields are added without another one.',
      },
      timestamp: { type: 'string', format: 'date-time', description: 'When it happened' },
      data: { type: 'object', required: Object.keys(fields), properties: fields },
    },
  };
  return {
    post: {
      operationId: `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      tags: [MESSAGES_TAG],
      summary,
      description: DESCRIPTION,
      security: [],
      parameters: Object.entries(HEADERS).map(([header, description]) => {
        return { name: header, in: 'header', required: true, description, schema: { type: 'string' } };
      }),
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: {
        '2XX': { description: 'Taken' },
        '410': { description: 'Send no more: the webhook is disabled' },
        '429': { description: 'Later, see Retry-After' },
        '503': { description: 'Later, see Retry-After' },
      },
    },
  };
}
