import { DomainError } from '../../shared/domain/domain-error';

export class WebhookNotFound extends DomainError {
  readonly code = 'webhook.not-found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no webhook with this id.');
  }
}

export class DeliveryNotFound extends DomainError {
  readonly code = 'webhook.delivery-not-found';
  readonly kind = 'not-found';

  constructor() {
    super('This webhook has no delivery with this id.');
  }
}

export class WebhookUrlRefused extends DomainError {
  readonly code = 'webhook.url-refused';
  readonly kind = 'unprocessable';

  constructor(reason: string) {
    super(`Nothing is sent to this URL: ${reason}.`);
  }
}

export class WebhookDisabled extends DomainError {
  readonly code = 'webhook.disabled';
  readonly kind = 'conflict';

  constructor() {
    super('The receiver has answered 410 Gone, so nothing more is sent to it. Register it again.');
  }
}

export class TooManySecrets extends DomainError {
  readonly code = 'webhook.too-many-secrets';
  readonly kind = 'conflict';

  constructor(limit: number) {
    super(`${limit} old secrets sign already: wait until one ends, or end them all with overlapSeconds 0.`);
  }
}

export class TooManyWebhooks extends DomainError {
  readonly code = 'webhook.too-many';
  readonly kind = 'conflict';

  constructor(limit: number) {
    super(`There are ${limit} webhooks already: delete one first.`);
  }
}
