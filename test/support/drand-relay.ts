import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import vectors from '../vectors/drand-quicknet.json';
import { TestChain } from './test-chain';

/** The whole answer takes a second. */
const DRIP_MS = 5;
const HUGE_BYTES = 1_000_000;

/** What a relay can do wrong. */
export const RELAY_FAULTS = [
  'silent',
  'silent body',
  'slow drip',
  'reset',
  'redirect',
  'not found',
  'server error',
  'too many requests',
  'no content',
  'huge body',
  'not JSON',
  'not an object',
  'wrong round',
  'round as text',
  'signature of another round',
  'flipped bit',
  'another chain',
  'upper-case hex',
  'a byte too many',
  'infinity',
] as const;
export type RelayFaultName = (typeof RELAY_FAULTS)[number];

export interface RelayOptions {
  /** Served besides the recorded rounds of quicknet. */
  readonly chain?: TestChain;
  /** Rounds that come after this time are refused with 404. */
  readonly now?: () => Date;
}

/** A drand relay on the loopback interface that can be made to fail. */
export class TestRelay {
  /** Null while it does its work. */
  fault: RelayFaultName | null = null;
  /** With 'too many requests'. */
  retryAfter: string | null = null;
  /** Paths that were asked for, oldest first. */
  readonly requests: string[] = [];
  /** Requests that whoever made them did not want answered to the end. */
  hungUp = 0;

  private constructor(
    private readonly server: Server,
    private readonly options: RelayOptions,
  ) {}

  static async start(options: RelayOptions = {}): Promise<TestRelay> {
    const server = createServer();
    const relay = new TestRelay(server, options);
    server.on('request', (request, response) => {
      relay.answer(request, response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return relay;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server.close(), 'close');
    this.server.closeAllConnections();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.requests.push(path);
    response.on('close', () => {
      if (!response.writableFinished) this.hungUp++;
    });
    const [, chainHash = '', round = 0] = /^\/([0-9a-f]{64})\/public\/(\d+)$/.exec(path) ?? [];
    const signature = this.signatureOf(chainHash, Number(round));
    if (this.retryAfter !== null) response.setHeader('retry-after', this.retryAfter);
    if (this.fault !== null) fail(this.fault, response, path, Number(round), signature);
    else if (signature === null) response.writeHead(404).end();
    else response.end(body(Number(round), signature));
  }

  private signatureOf(chainHash: string, round: number): string | null {
    const { chain, now } = this.options;
    if (chainHash === chain?.chain.hash && round >= 1) {
      const isFuture = now !== undefined && chain.chain.timeOf(round) > now();
      return isFuture ? null : chain.sign(round).toString('hex');
    }
    if (chainHash !== vectors.quicknet.hash) return null;
    return vectors.beacons.find((beacon) => beacon.round === round)?.signature ?? null;
  }
}

function fail(
  fault: RelayFaultName,
  response: ServerResponse,
  path: string,
  round: number,
  right: string | null,
): void {
  const signature = right ?? '8'.repeat(96);
  const wrong = (claim: unknown) => response.end(JSON.stringify(claim));
  const faults: Record<RelayFaultName, () => unknown> = {
    silent: () => undefined,
    'silent body': () => response.writeHead(200).write('{'),
    'slow drip': () => {
      drip(response, body(round, signature));
    },
    reset: () => response.socket?.resetAndDestroy(),
    redirect: () => response.writeHead(302, { location: `${path}?again` }).end(),
    'not found': () => response.writeHead(404).end(body(round, signature)),
    'server error': () => response.writeHead(500).end(body(round, signature)),
    'too many requests': () => response.writeHead(429).end(),
    'no content': () => response.writeHead(204).end(),
    'huge body': () => response.end(body(round, signature) + ' '.repeat(HUGE_BYTES)),
    'not JSON': () => response.end('<html>secret words of a relay</html>'),
    'not an object': () => wrong(null),
    'wrong round': () => wrong({ round: round + 1, signature }),
    'round as text': () => wrong({ round: String(round), signature }),
    'signature of another round': () => wrong({ round, signature: vectors.beacons[0]?.signature }),
    'flipped bit': () => wrong({ round, signature: flipLastBit(signature) }),
    'another chain': () => wrong({ round, signature: stranger.sign(round).toString('hex') }),
    'upper-case hex': () => wrong({ round, signature: signature.toUpperCase() }),
    'a byte too many': () => wrong({ round, signature: `${signature}00` }),
    infinity: () => wrong({ round, signature: `c0${'0'.repeat(94)}` }),
  };
  faults[fault]();
}

/** As a relay of drand answers. */
function body(round: number, signature: string): string {
  return JSON.stringify({ round, randomness: '0'.repeat(64), signature });
}

function drip(response: ServerResponse, text: string): void {
  const bytes = [...text];
  const timer = setInterval(() => {
    const byte = bytes.shift();
    if (byte === undefined) response.end();
    else response.write(byte);
  }, DRIP_MS);
  response.on('close', () => {
    clearInterval(timer);
  });
}

function flipLastBit(hex: string): string {
  return hex.slice(0, -1) + (Number.parseInt(hex.slice(-1), 16) ^ 1).toString(16);
}

const stranger = new TestChain({ seed: 'another chain' });
