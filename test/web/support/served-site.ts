import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { buildService, type ServiceProcess, startService } from '../../support/service-process';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { CLOSE_TOKEN } from '../../support/test-app';
import { startChromium } from './chromium';

export const PASSWORD = 'correct horse battery';

/** The service as people meet it: its program, a database, and a browser. */
export class ServedSite {
  private constructor(
    readonly database: TestDatabase,
    readonly browser: Browser,
    private running: ServiceProcess,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<ServedSite> {
    await buildService();
    const [database, browser] = await Promise.all([createTestDatabase(), startChromium()]);
    const service = await startService({ ...ofWeb(database), ...environment });
    return new ServedSite(database, browser, service);
  }

  get service(): ServiceProcess {
    return this.running;
  }

  /** As browsers name it: log-ins over http are for this host, and the cookie too. */
  get origin(): string {
    return `http://localhost:${new URL(this.running.url).port}`;
  }

  /** Ends the service and starts it again at the same address, as a release does. */
  async restart(program?: string): Promise<void> {
    const { port } = new URL(this.running.url);
    await this.running.stop();
    this.running = await startService({ ...ofWeb(this.database), PORT: port }, program);
  }

  /** @returns the bearer header of a person who has just registered */
  async register(username: string, role?: 'admin'): Promise<string> {
    const { running, database } = this;
    await running.request().post('/auth/register').send({ username, password: PASSWORD }).expect(201);
    if (role) await database.dataSource.query('update users set role = $1 where username = $2', [role, username]);
    const { body } = await running.request().post('/auth/login').send({ username, password: PASSWORD }).expect(200);
    return `Bearer ${(body as { accessToken: string }).accessToken}`;
  }

  /** @returns the acknowledgement, which is the receipt */
  async submit(authorization: string, count?: number): Promise<Record<string, unknown>> {
    const sent = this.running.request().post('/lotteries/today/ballots').set({ authorization });
    const { body } = await (count === undefined ? sent : sent.send({ count })).expect(201);
    return body as Record<string, unknown>;
  }

  /** @returns the id of a pool that is open and has this many entries */
  async stake(entries: number): Promise<string> {
    const gameId = randomUUID();
    for (let i = 0; i < entries; i++) {
      await this.running
        .request()
        .post('/pools/stakes')
        .set({ 'x-internal-token': CLOSE_TOKEN, 'idempotency-key': randomUUID() })
        .send({ message: { eventType: 'player.stakeCreated' }, game: { playerId: randomUUID(), gameId, stake: '150' } })
        .expect(201);
    }
    const { body } = await this.running.request().get(`/pools?gameId=${gameId}`).expect(200);
    return (body as { items: { id: string }[] }).items[0]!.id;
  }

  /** @returns today's date, whose lottery is drawn now */
  async closeToday(): Promise<string> {
    const { body } = await this.running.request().get('/lotteries/today').expect(200);
    const { date } = body as { date: string };
    const query = { date, early: 'true' };
    await this.running.request().post('/lotteries/close').query(query).set('x-internal-token', CLOSE_TOKEN).expect(200);
    return date;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.running.stop();
    await this.database.drop();
  }
}

function ofWeb({ url }: TestDatabase): Record<string, string> {
  return { DATABASE_URL: url, SITE: 'on' };
}
