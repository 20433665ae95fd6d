import { Client } from 'pg';
import { BeaconEnvironment, startBeacon } from '../../support/beacon-environment';
import { buildService, ServiceProcess, startService } from '../../support/service-process';
import { CLOSE_TOKEN } from '../../support/test-app';
import { createTestDatabase, TestDatabase } from '../../support/test-database';
import { until } from '../../support/until';
import { WebhookReceiver } from '../../support/webhook-receiver';

const ADMIN = { username: 'admin', password: 'correct horse battery' };
const PLAYER = { username: 'player', password: 'correct horse battery' };
const GAME = '0198c0de-0000-7000-8000-000000000001';
/** Nobody listens there. */
const NO_BROKER = '127.0.0.1:1';

/** The service as it runs in production, and everything happening to it that it measures. */
export class BusyService {
  private constructor(
    private readonly database: TestDatabase,
    private readonly beacon: BeaconEnvironment,
    private readonly receiver: WebhookReceiver,
    private readonly service: ServiceProcess,
    /** host:port of its metrics. */
    readonly target: string,
  ) {}

  static async start(): Promise<BusyService> {
    await buildService();
    const [database, beacon, receiver] = [
      await createTestDatabase(),
      await startBeacon(2),
      await WebhookReceiver.start(),
    ];
    const service = await startService({
      ...beacon.config,
      DATABASE_URL: database.url,
      ADMIN_USERNAME: ADMIN.username,
      ADMIN_PASSWORD: ADMIN.password,
      METRICS_PORT: '0',
      KAFKA_BROKERS: NO_BROKER,
      WEBHOOKS_ALLOW_PRIVATE: 'true',
    });
    const target = /metrics +http:\/\/(\S+)\/metrics/.exec(service.output())?.[1];
    if (target === undefined) throw new Error(`it does not say where its metrics are:\n${service.output()}`);
    return new BusyService(database, beacon, receiver, service, target);
  }

  /** All of it once. Safe to call again and again. */
  async beBusy(): Promise<void> {
    const player = await this.bearer(PLAYER);
    await this.request('GET', '/lotteries', 200);
    await this.request('GET', '/lotteries/2091-01-01', 404);
    await this.request('GET', '/nowhere', 404);
    await this.request('POST', '/lotteries/today/ballots', 401);
    await this.request('POST', '/lotteries/today/ballots', 201, { authorization: player });
    await this.stake();
  }

  /** What needs time, once: webhooks that answer and do not, a lottery that is drawn, a request that finds no room. */
  async liveThrough(): Promise<void> {
    await this.request('POST', '/auth/register', 201, {}, PLAYER);
    await this.beBusy();
    const admin = await this.bearer(ADMIN);
    for (const path of ['works', 'fails']) {
      const url = `${this.receiver.url}/${path}`;
      await this.request('POST', '/webhooks', 201, { authorization: admin }, { url, types: ['*'] });
    }
    this.receiver.answer = (response) => response.writeHead(this.receiver.received.length % 2 === 0 ? 500 : 204).end();
    (this.beacon.relays[0] as { fault: string | null }).fault = 'server error';
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await this.request('POST', `/lotteries/${tomorrow}/ballots`, 201, { authorization: await this.bearer(PLAYER) });
    const close = `/lotteries/close?date=${tomorrow}&early=true`;
    await this.request('POST', close, 200, { 'x-internal-token': CLOSE_TOKEN });
    await this.turnSomebodyAway();
    await until(() => this.receiver.received.length > 1, 60_000);
  }

  async stop(): Promise<void> {
    await this.service.stop('SIGKILL');
    await Promise.all([this.database.drop(), this.beacon.stop(), this.receiver.stop()]);
  }

  /** Somebody holds the lottery's log for longer than a statement may wait. */
  private async turnSomebodyAway(): Promise<void> {
    const holder = new Client({ connectionString: this.database.url });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from ballot_logs for update');
      const authorization = await this.bearer(PLAYER);
      await this.request('POST', '/lotteries/today/ballots', 503, { authorization });
    } finally {
      await holder.end();
    }
  }

  private async stake(): Promise<void> {
    const headers = { 'x-internal-token': CLOSE_TOKEN, 'idempotency-key': `${Date.now()}-${Math.random()}` };
    const stake = {
      message: { eventType: 'player.stakeCreated' },
      game: { playerId: GAME, gameId: GAME, stake: '100' },
    };
    await this.request('POST', '/pools/stakes', 201, headers, stake);
  }

  private async bearer(credentials: typeof PLAYER): Promise<string> {
    const { accessToken } = await this.request('POST', '/auth/login', 200, {}, credentials);
    return `Bearer ${String(accessToken)}`;
  }

  private async request(
    method: 'GET' | 'POST',
    path: string,
    status: number,
    headers: Readonly<Record<string, string>> = {},
    body?: object,
  ): Promise<Readonly<Record<string, unknown>>> {
    const agent = this.service.request();
    const request = method === 'GET' ? agent.get(path) : agent.post(path);
    const answer = await request.set(headers).send(body);
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body as Record<string, unknown>;
  }
}
