import type { Outcome } from '../domain/delivery';

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends one request to an untrusted receiver. */
export abstract class WebhookSender {
  /** Whether URLs on private networks and without TLS are allowed. */
  abstract readonly isPrivateAllowed: boolean;
  /** Resolves within seconds, whatever the receiver does; never rejects. Follows no redirect. */
  abstract send(request: WebhookRequest): Promise<Outcome>;
}
