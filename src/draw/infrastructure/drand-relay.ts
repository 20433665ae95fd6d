/** The answer has some 300 bytes. */
const MAX_BODY_BYTES = 4_096;
const SIGNATURE_HEX = /^[0-9a-f]{96}$/;

/** What a relay did wrong, in words for the log, without anything that the relay sent. */
export class RelayFault extends Error {}

/** A server that relays a beacon's rounds. Not trusted: its answers are only claims. */
export class DrandRelay {
  /** Failures since the start. */
  failures = 0;
  /** The part of its address that may be logged. */
  readonly host: string;

  constructor(
    /** http(s), without a trailing slash. */
    private readonly url: string,
    /** Time limit from the look-up of its name to the last byte. */
    private readonly timeoutMs: number,
  ) {
    this.host = new URL(url).host;
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
      request.abort(new RelayFault(`no whole answer within ${this.timeoutMs} ms`));
    }, this.timeoutMs);
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
  if (response.status !== 200) throw new RelayFault(`it answered with status ${response.status}`);
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
