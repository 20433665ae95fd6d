import type { Outcome } from '../domain/delivery';

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends one request to a receiver that nobody trusts. */
export abstract class WebhookSender {
  /** Whether URLs on private networks, and without TLS, may be used. */
  abstract readonly isPrivateAllowed: boolean;
  /** Never rejects; within seconds, whatever the receiver does. Follows no redirect. */
  abstract send(request: WebhookRequest): Promise<Outcome>;
}
