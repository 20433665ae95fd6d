import { performance } from 'node:perf_hooks';
import { BackOff } from '../../platform/retry/back-off';
import { retryAfterMs } from '../../platform/retry/retry-after';

/** The answer has some 300 bytes. */
const MAX_BODY_BYTES = 4_096;
const SIGNATURE_HEX = /^[0-9a-f]{96}$/;

/** The longest that we wait because a relay asks us to. */
const MAX_RETRY_AFTER_MS = 60_000;
/** How often the log says that a relay fails. */
const SAID_EVERY_MS = 60_000;

/** What a relay did wrong, in words for the log, without anything that the relay sent. */
export class RelayFault extends Error {
  constructor(
    reason: string,
    /** It works, but does not have the round. */
    readonly isRoundMissing = false,
    /** How long it asks us to wait. */
    readonly retryAfterMs = 0,
  ) {
    super(reason);
  }
}

export interface RelayLimits {
  /** Time limit for the whole answer, from the look-up of the relay's name to the last byte. */
  readonly relayTimeoutMs: number;
  /** Pause of a relay after its first failure; each further pause is twice as long. */
  readonly firstPauseMs: number;
  /**
   * Longest pause. Short, because people wait for the draw: with four silent relays it continues within 10 s of their
   * return.
   */
  readonly longestPauseMs: number;
}

/** A server that relays a beacon's rounds. Not trusted: its answers are only claims. */
export class DrandRelay {
  private failures = 0;
  private saidAt = -Infinity;
  /** For all rounds together: however many wait, a relay that fails is left alone. */
  private readonly pause: BackOff;
  /** The part of its address that may be logged. */
  readonly host: string;

  constructor(
    /** http(s), without a trailing slash. */
    private readonly url: string,
    private readonly limits: RelayLimits,
  ) {
    this.host = new URL(url).host;
    this.pause = new BackOff(limits.firstPauseMs, limits.longestPauseMs);
  }

  get isPausing(): boolean {
    return this.pause.isPausing;
  }

  succeeded(): void {
    this.pause.succeeded();
  }

  /** Returns a line for the log, at most once a minute. A missing round is no reason to leave the relay alone. */
  failed(round: number, { message, isRoundMissing, retryAfterMs: waitMs }: RelayFault): string | null {
    this.failures++;
    if (!isRoundMissing) this.pause.failed(waitMs);
    if (performance.now() - this.saidAt < SAID_EVERY_MS) return null;
    this.saidAt = performance.now();
    return `Relay ${this.host}, round ${round}: ${message} (failure ${this.failures} of this relay).`;
  }

  /**
   * Returns the 48 bytes that it claims to be the round's signature.
   *
   * @throws RelayFault with the reason.
   */
  async claimOf(chainHash: string, round: number, unwanted: AbortSignal): Promise<Buffer> {
    const request = new AbortController();
    const cancel = () => {
      request.abort();
    };
    const timeout = setTimeout(() => {
      request.abort(new RelayFault(`no whole answer within ${this.limits.relayTimeoutMs} ms`));
    }, this.limits.relayTimeoutMs);
    unwanted.addEventListener('abort', cancel);
    try {
      const body = await read(`${this.url}/${chainHash}/public/${round}`, request.signal);
      return signatureIn(body, round);
    } catch (error) {
      throw asFault(request.signal.aborted ? request.signal.reason : error);
    } finally {
      clearTimeout(timeout);
      unwanted.removeEventListener('abort', cancel);
      // The unread rest of the answer is not needed.
      request.abort();
    }
  }
}

async function read(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } });
  if (response.status !== 200) {
    const waitMs = retryAfterMs(response.headers.get('retry-after'), new Date(), MAX_RETRY_AFTER_MS);
    throw new RelayFault(`it answered with status ${response.status}`, response.status === 404, waitMs);
  }
  const body = response.body as AsyncIterable<Uint8Array> | null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new RelayFault(`its answer has more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function signatureIn(body: string, round: number): Buffer {
  const answer = parse(body);
  if (typeof answer !== 'object' || answer === null) throw new RelayFault('its answer is not a JSON object');
  const { round: given, signature } = answer as Partial<Record<string, unknown>>;
  if (given !== round) throw new RelayFault('its answer is for another round');
  if (typeof signature !== 'string' || !SIGNATURE_HEX.test(signature)) {
    throw new RelayFault('its signature is not 96 lower-case hex digits');
  }
  return Buffer.from(signature, 'hex');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RelayFault('its answer is not JSON');
  }
}

/** fetch hides the reason in the cause; its own message may hold the whole address. */
function asFault(error: unknown): RelayFault {
  if (error instanceof RelayFault) return error;
  const { cause, name } = error as Error;
  const { code, message } = (cause ?? {}) as { code?: string; message?: string };
  return new RelayFault(`it cannot be reached (${code ?? message ?? name})`);
}
