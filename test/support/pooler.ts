import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';
import { Client } from 'pg';

/** Of the protocol: what a client gets that was let in without a question. */
const WELCOME = Buffer.from([...[0x52, 0, 0, 0, 8, 0, 0, 0, 0], ...[0x5a, 0, 0, 0, 5, 0x49]]);
const READY_FOR_QUERY = 0x5a;
const IDLE = 0x49;

/**
 * What poolers do to the service, in a few lines: `session` keeps nothing of a startup message but user and database
 * (PgBouncer with ignore_startup_parameters), `transaction` gives each transaction another of its sessions.
 */
export class Pooler {
  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly close: () => Promise<unknown>,
  ) {}

  static async start(mode: 'session' | 'transaction', databaseUrl: string): Promise<Pooler> {
    const target = new URL(databaseUrl);
    const sessions = mode === 'transaction' ? await Sessions.open(databaseUrl, 3) : null;
    const sockets = new Set<Socket>();
    const server = createServer((client) => {
      sockets.add(client.on('error', () => undefined));
      client.once('data', (startup: Buffer) => {
        if (sessions) sessions.serve(client);
        else passOn(client, withoutSettings(startup), target);
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = Object.assign(new URL(databaseUrl), { port: String((server.address() as AddressInfo).port) });
    return new Pooler(server, url.toString(), async () => {
      for (const socket of sockets) socket.destroy();
      await sessions?.end();
    });
  }

  async stop(): Promise<void> {
    const closed = once(this.server.close(), 'close');
    await this.close();
    await closed;
  }
}

/** The startup message: its length, the protocol's version, then names and values, each ended by a zero. */
function withoutSettings(startup: Buffer): Buffer {
  const words = startup.subarray(8, -1).toString().split('\0');
  const pairs = words.flatMap((name, at) => (at % 2 === 0 ? [[name, words[at + 1] ?? '']] : []));
  const kept = pairs.filter(([name]) => name === 'user' || name === 'database').map((pair) => `${pair.join('\0')}\0`);
  const body = Buffer.concat([startup.subarray(4, 8), Buffer.from(`${kept.join('')}\0`)]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

function passOn(client: Socket, startup: Buffer, { hostname, port }: URL): void {
  const database = connect(Number(port), hostname).on('error', () => client.destroy());
  database.write(startup);
  client.pipe(database).pipe(client);
  client.on('close', () => database.destroy());
}

/** Sessions that are handed out in turns, each until its transaction is over. */
class Sessions {
  private constructor(
    private readonly clients: readonly Client[],
    private readonly free: Socket[],
  ) {}

  static async open(url: string, count: number): Promise<Sessions> {
    const clients = Array.from({ length: count }, () => new Client({ connectionString: url }));
    for (const client of clients) await client.on('error', () => undefined).connect();
    const free = clients.map(({ connection }) => connection.stream as Socket);
    for (const stream of free) stream.removeAllListeners('data');
    return new Sessions(clients, free);
  }

  serve(client: Socket): void {
    let session: Socket | undefined;
    client.write(WELCOME);
    client.on('data', (message: Buffer) => {
      session ??= this.take(client, () => (session = undefined));
      session.write(message);
    });
  }

  async end(): Promise<void> {
    for (const { connection } of this.clients) connection.stream.destroy();
  }

  private take(client: Socket, onFree: () => void): Socket {
    const session = this.free.shift();
    if (!session) throw new Error('the pooler of this test has too few sessions');
    session.on('data', (answer: Buffer) => {
      client.write(answer);
      // Answers of these tests are short: the last message ends with the data.
      if (answer.at(-6) !== READY_FOR_QUERY || answer.at(-1) !== IDLE) return;
      session.removeAllListeners('data');
      this.free.push(session);
      onFree();
    });
    return session;
  }
}
