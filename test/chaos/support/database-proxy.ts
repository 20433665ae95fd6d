import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';
import { pause } from '../../support/pause';

/** Who learns that a connection is broken; the other end, or both, go on believing in it. */
export type Told = 'service' | 'database' | 'nobody';

/** The network between one process of the service and its database, with everything that networks do. */
export class DatabaseProxy {
  private readonly wires = new Set<Wire>();
  private readonly weather = new Weather();

  private constructor(
    private readonly server: Server,
    /** Where the database listens now. */
    public databasePort: number,
  ) {
    server.on('connection', (service: Socket) => void this.accept(service));
  }

  static async listen(databasePort: number): Promise<DatabaseProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new DatabaseProxy(server, databasePort);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many connections the service has through it. */
  get connections(): number {
    return this.wires.size;
  }

  /** Breaks every connection, and says so to both ends. */
  cut(): void {
    for (const wire of this.wires) wire.cut();
  }

  /** Whatever is sent from now on arrives so much later. */
  delay(milliseconds: number): void {
    this.weather.delayMs = milliseconds;
  }

  /** Breaks every connection that there is, and says so to one end at most. New connections work. */
  halfOpen(told: Told): void {
    for (const wire of this.wires) wire.forget(told);
  }

  /** Nothing passes in either direction, no data and no goodbye. */
  blackHole(): void {
    this.weather.blow();
  }

  /** As TCP does it: what was sent in between arrives after all, in order. */
  heal(): void {
    this.weather.delayMs = 0;
    this.weather.calm();
  }

  close(): void {
    this.server.close();
    this.cut();
    this.heal();
  }

  private async accept(service: Socket): Promise<void> {
    service.on('error', () => service.destroy());
    await this.weather.passes(0);
    if (service.destroyed) return;
    const database = connect(this.databasePort, '127.0.0.1');
    const wire = new Wire(service, database, this.weather, () => this.wires.delete(wire));
    this.wires.add(wire);
  }
}

/** What holds for all connections of a proxy. */
class Weather {
  delayMs = 0;
  private storm: Promise<void> = Promise.resolve();
  private endStorm: () => void = () => undefined;

  blow(): void {
    this.calm();
    this.storm = new Promise((end) => (this.endStorm = end));
  }

  calm(): void {
    this.endStorm();
  }

  /** Resolves at the instant `dueMs` or when the black hole is gone, whichever is later. */
  async passes(dueMs: number): Promise<void> {
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await pause(waitMs);
    await this.storm;
  }
}

/** One connection, through us. */
class Wire {
  private forgotten = false;
  private readonly ends: readonly Socket[];

  constructor(
    private readonly service: Socket,
    private readonly database: Socket,
    private readonly weather: Weather,
    private readonly gone: () => void,
  ) {
    this.ends = [service, database];
    this.carry(service, database);
    this.carry(database, service);
  }

  cut(): void {
    for (const end of this.ends) end.resetAndDestroy();
  }

  forget(told: Told): void {
    this.forgotten = true;
    if (told === 'service') this.service.resetAndDestroy();
    if (told === 'database') this.database.resetAndDestroy();
  }

  /** In order, each piece when it is due. */
  private carry(from: Socket, to: Socket): void {
    let before: Promise<void> = Promise.resolve();
    const inTurn = (act: () => void) => {
      const dueMs = this.weather.delayMs === 0 ? 0 : performance.now() + this.weather.delayMs;
      before = before
        .then(() => this.weather.passes(dueMs))
        .then(() => {
          if (!this.forgotten) act();
        });
    };
    from.setNoDelay(true);
    from.on('data', (piece) => {
      inTurn(() => to.write(piece));
    });
    from.on('error', () => from.destroy());
    from.on('close', () => {
      inTurn(() => to.end());
      if (this.ends.every((end) => end.destroyed)) this.gone();
    });
  }
}
