import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SERVER_CERTIFICATE, SERVER_KEY } from './tls';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Whoever registered a webhook, on the loopback interface. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  connections = 0;
  answer: (response: ServerResponse) => void = (response) => response.writeHead(204).end();

  private constructor(private readonly server: Server | TlsServer) {}

  static async start(protocol: 'http' | 'https' = 'http'): Promise<WebhookReceiver> {
    const [key, cert] = [SERVER_KEY, SERVER_CERTIFICATE].map((file) => readFileSync(file));
    const server = protocol === 'http' ? createServer() : createTlsServer({ key, cert });
    const receiver = new WebhookReceiver(server);
    server.on('connection', () => receiver.connections++);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        receiver.received.push({ headers: request.headers, body });
        receiver.answer(response);
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    const protocol = this.server instanceof TlsServer ? 'https' : 'http';
    return `${protocol}://127.0.0.1:${this.port}/hook`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server.close(), 'close');
    this.server.closeAllConnections();
    await closed;
  }
}
