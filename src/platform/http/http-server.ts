import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { httpProblem } from '../problems/http-problems';

/** Maximum size of the request line and the headers together. */
const MAX_HEADERS_BYTES = 16 * 1024;
/** A client that has not sent its headers by then is cut off, even if it has sent nothing. */
const HEADERS_TIMEOUT_MS = 10_000;
/** A client that has not sent its whole request by then is cut off (slow loris). */
const REQUEST_TIMEOUT_MS = 15_000;
/** How often Node checks for such clients. */
const CHECK_INTERVAL_MS = 1_000;
/** Longer than the idle time of common load balancers (60 s), so that they, not we, end an idle connection. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** Further connections are closed at once. An idle connection takes 8 KB (measured), all of them together 130 MB. */
export const MAX_CONNECTIONS = 16_384;

/** The server below Fastify: bounds each client's time, and answers input that is not HTTP with a problem, too. */
export function createHttpServer(handler: RequestListener): Server {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADERS_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      // Node would respond without a body.
      requireHostHeader: false,
    },
    handler,
  );
  server.maxConnections = MAX_CONNECTIONS;
  // Their size is bounded already, and Node would drop further ones without a word.
  server.maxHeadersCount = 0;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else refuse(socket, statusOfBroken(error));
  });
  server.on('connect', (_request, socket) => {
    refuse(socket, 400);
  });
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    const { status, headers, body } = bareProblem(417);
    response.writeHead(status, headers).end(body);
  });
  return server;
}

/**
 * The name localhost often means two addresses, and Fastify listens only on the first of them if the server is ours.
 * Listens on the others, too, if this machine has them, until the first one closes.
 */
export async function listenOnOtherAddresses(first: Server, addresses: readonly LookupAddress[]): Promise<void> {
  const { address, port } = first.address() as AddressInfo;
  for (const other of addresses.filter((one) => one.address !== address)) {
    const twin = createHttpServer((request, response) => first.emit('request', request, response));
    twin.listen(port, other.address);
    try {
      await once(twin, 'listening');
      first.once('close', () => twin.close());
    } catch {
      twin.close();
    }
  }
}

/** The status for input that is not a request. */
export function statusOfBroken({ code }: NodeJS.ErrnoException): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413;
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}

function refuse(socket: Duplex, wanted: number): void {
  const { status, title, headers, body } = bareProblem(wanted);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`);
}

/** A problem without a request. */
function bareProblem(wanted: number) {
  const { code, status, title, detail } = httpProblem(wanted);
  const body = JSON.stringify({ type: `/problems/${code}`, title, status, detail, code });
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    Connection: 'close',
  };
  return { status, title, headers, body };
}
