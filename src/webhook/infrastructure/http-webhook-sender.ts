import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { ClientRequest, IncomingMessage, request as httpRequest, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { errorCode } from '../../platform/errors/error-code';
import { retryAfterMs } from '../../platform/retry/retry-after';
import { WebhookRequest, WebhookSender } from '../application/webhook-sender';
import { Answer, MAX_RETRY_AFTER_MS, Outcome } from '../domain/delivery';
import { isPublicAddress } from './public-address';
import { WebhookConfig } from './webhook-config';

/** Time limit from the look-up of the name to the status of the response. */
export const TIMEOUT_MS = 10_000;
const DNS_TIMEOUT_MS = 2_000;
const DNS_TRIES = 2;
/** How much of a response is read, and for how long, after its status has decided. */
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_ANSWER_MS = 2_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** An error whose message is ours and may be shown. */
class Failure extends Error {}

const NOT_PUBLIC = 'its address is not on the public internet';

@Injectable()
export class HttpWebhookSender extends WebhookSender {
  readonly isPrivateAllowed: boolean;

  constructor({ WEBHOOKS_ALLOW_PRIVATE }: WebhookConfig) {
    super();
    this.isPrivateAllowed = WEBHOOKS_ALLOW_PRIVATE === 'true';
  }

  async send({ url, headers, body }: WebhookRequest): Promise<Outcome> {
    const target = new URL(url);
    const refusal = this.refusalOf(target);
    if (refusal !== null) return { error: refusal };
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
      // A connection of its own, to an address that was checked for this request.
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(this.isPrivateAllowed ? {} : { lookup: lookupPublic }),
    };
    try {
      const request = target.protocol === 'https:' ? httpsRequest(target, options) : httpRequest(target, options);
      return await answerOf(request, body);
    } catch (error) {
      return { error: reasonOf(error) };
    }
  }

  /** A host that is an address is not looked up, so it is checked here. */
  private refusalOf({ protocol, hostname }: URL): string | null {
    if (this.isPrivateAllowed) return null;
    if (protocol !== 'https:') return 'it is not https';
    const host = hostname.replace(/^\[|\]$/g, '');
    return isIP(host) !== 0 && !isPublicAddress(host) ? NOT_PUBLIC : null;
  }
}

/**
 * Resolves a name once for checking and connecting: the connection uses the checked addresses, so a name that resolves
 * differently a moment later gains nothing. A single address that is not public refuses the name.
 */
const lookupPublic: LookupFunction = (hostname, { all }, done) => {
  addressesOf(hostname).then(
    (addresses) => {
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isPublicAddress(address))) done(new Failure(NOT_PUBLIC), '');
      else if (all) done(null, addresses);
      else done(null, first.address, first.family);
    },
    (error: Error) => {
      done(error, '');
    },
  );
};

/**
 * Queries name servers directly: `dns.lookup` would occupy one of the few threads that all look-ups and password hashes
 * of the process share until a server answers. Direct queries also find no local names; those are private.
 */
async function addressesOf(hostname: string): Promise<LookupAddress[]> {
  if (/(^|\.)localhost\.?$/i.test(hostname)) return [];
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
  const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
  const found = (answer: PromiseSettledResult<string[]>, family: 4 | 6) =>
    answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
  return [...found(four, 4), ...found(six, 6)];
}

/** Resolves when the socket is closed: until then the attempt is under way, whatever the receiver does. */
function answerOf(request: ClientRequest, body: string): Promise<Answer> {
  return new Promise((done, fail) => {
    // After `101 Switching Protocols` neither a response nor an error comes.
    let failure: Error = new Failure('it ended without an answer');
    let answer: Answer | null = null;
    request.on('error', (error) => (failure = error));
    request.on('close', () => {
      // Once there is a status, it stands.
      if (answer) done(answer);
      else fail(failure);
    });
    request.on('response', (response: IncomingMessage) => {
      const retryAfter = response.headers['retry-after'] ?? null;
      const waitMs = retryAfterMs(retryAfter, new Date(), MAX_RETRY_AFTER_MS);
      answer = { statusCode: response.statusCode ?? 0, retryAfterMs: waitMs };
      readSome(response);
    });
    request.end(body);
  });
}

/** The status decides; the rest is read only so that the receiver can finish. */
function readSome(response: IncomingMessage): void {
  let bytes = 0;
  const timer = setTimeout(() => response.destroy(), MAX_ANSWER_MS);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) response.destroy();
  });
  response.on('error', () => undefined);
  response.on('close', () => {
    clearTimeout(timer);
  });
}

/** Our own words and error codes: nothing that the receiver sent. */
function reasonOf(error: unknown): string {
  if (error instanceof Failure) return error.message;
  const code = errorCode(error) ?? 'no code';
  return code === 'ABORT_ERR' ? `no answer within ${TIMEOUT_MS / 1000} s` : `it cannot be reached (${code})`;
}
