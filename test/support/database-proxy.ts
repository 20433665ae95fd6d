import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/** A way to the database that can be cut: connections break, and nobody gets a new one until it is there again. */
export class DatabaseProxy {
  readonly url: string;
  private readonly sockets = new Set<Socket>();
  private isCut = false;

  private constructor(
    private readonly server: Server,
    target: URL,
  ) {
    const own = new URL(target);
    own.port = String((server.address() as AddressInfo).port);
    this.url = own.toString();
    server.on('connection', (client: Socket) => {
      if (this.isCut) return void client.destroy();
      const database = connect(Number(target.port), target.hostname);
      for (const socket of [client, database]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          client.destroy();
          database.destroy();
        });
      }
      client.pipe(database).pipe(client);
    });
  }

  static async start(databaseUrl: string): Promise<DatabaseProxy> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new DatabaseProxy(server, new URL(databaseUrl));
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  async stop(): Promise<void> {
    this.cut();
    const closed = once(this.server.close(), 'close');
    await closed;
  }
}
