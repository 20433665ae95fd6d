import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { InputFault } from '../../shared/domain/invalid-input';
import { httpProblem, HttpProblem } from '../problems/http-problems';
import { sendProblem } from '../problems/problem.filter';

/** Maximum length of a URL. Ours stay below 300 characters. */
const MAX_URL_LENGTH = 2_048;

/**
 * The fields that we read and of which there may be one line (RFC 9110 section 5.3). Node joins some of them and keeps
 * the first line of others; either is a value that nobody sent.
 */
const SINGLE_FIELDS = new Map(
  ['Host', 'Authorization', 'Content-Type', 'Origin', 'Idempotency-Key', 'X-Internal-Token', 'X-Request-Id'].map(
    (name, place) => [name.toLowerCase(), { name, bit: 1 << place }],
  ),
);

/** RFC 3986 section 3.2.2 and 3.2.3, without IPvFuture. */
const NAME_AND_PORT = /^(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*(?::\d*)?$/i;
const IPV6_AND_PORT = /^\[([0-9a-f:.]*)\](?::\d*)?$/i;

type Refusal = HttpProblem & { readonly errors?: readonly InputFault[] };

/** Refuses what Node and Fastify would let pass, or refuse without a problem. */
export function refuseStrangeRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { headers, rawHeaders, httpVersion } = request.raw;
    const refusal = refusalOf(request.url, rawHeaders, httpVersion === '1.1' ? (headers.host ?? null) : headers.host);
    if (refusal) sendProblem(reply, refusal, request);
    else done();
  });
}

/** @param host null: absent, and needed. */
function refusalOf(url: string, rawHeaders: readonly string[], host: string | null | undefined): Refusal | null {
  if (url.length > MAX_URL_LENGTH) return httpProblem(414);
  if (!isText(url))
    return { ...httpProblem(400), errors: [{ parameter: '', detail: 'the URL must be ASCII that stands for UTF-8' }] };
  const repeated = repeatedField(rawHeaders);
  if (repeated !== null) return badField(repeated, 'is sent at most once');
  // RFC 9112 section 3.2
  if (host === null) return badField('Host', 'is needed');
  if (host !== undefined && !isHost(host)) return badField('Host', 'must be a host, with a port or without');
  return null;
}

function badField(header: string, fault: string): Refusal {
  return { ...httpProblem(400), errors: [{ header, detail: `${header} ${fault}` }] };
}

/** The name of the first single field that has a second line, or null. */
function repeatedField(rawHeaders: readonly string[]): string | null {
  let seen = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const single = SINGLE_FIELDS.get((rawHeaders[i] as string).toLowerCase());
    if (single === undefined) continue;
    if ((seen & single.bit) !== 0) return single.name;
    seen |= single.bit;
  }
  return null;
}

/** Whether the text is a host with or without a port; it may be empty (RFC 9112 section 3.2). */
function isHost(text: string): boolean {
  const [, literal] = IPV6_AND_PORT.exec(text) ?? [];
  return literal === undefined ? NAME_AND_PORT.test(text) : isIPv6(literal);
}

/** Whether the URL is ASCII (RFC 3986 section 2), and what it encodes is UTF-8. Readers would repair it. */
function isText(url: string): boolean {
  if (/[^\x21-\x7e]/.test(url)) return false;
  if (!url.includes('%')) return true;
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}
