import { createHmac } from 'node:crypto';

export const SECRET_BYTES = 32;

/** Standard Webhooks, symmetric: HMAC-SHA256 over `id.timestamp.body`. */
export function signature(secret: Buffer, id: string, unixSeconds: number, body: string): string {
  const mac = createHmac('sha256', secret).update(`${id}.${unixSeconds}.${body}`);
  return `v1,${mac.digest('base64')}`;
}

/** The text form of a secret (Standard Webhooks). */
export function secretText(secret: Buffer): string {
  return `whsec_${secret.toString('base64')}`;
}
