import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../../../src/data-source';
import type { CompleteConfig } from '../../../src/programs/config';
import { ensureDatabase } from '../../../src/platform/embedded-postgres/server';
import { JwtAccessTokens } from '../../../src/user/infrastructure/jwt-access-tokens';
import { addPlayers } from '../../load/support/bench-players';
import { completeConfigFrom } from '../../support/complete-config';
import { pause } from '../../support/pause';
import { until } from '../../support/until';
import { DatabaseProxy } from './database-proxy';
import { MortalPostgres } from './mortal-postgres';
import { ServiceFleet } from './service-fleet';

const DATABASE = 'lottery';
const REPLICAS = 3;
const PLAYERS = 64;
/** Tokens last ten minutes. */
const TOKEN_USED_MS = 300_000;
const RETRY_MS = 200;
const PATIENCE_MS = 60_000;
const REQUEST_MS = 15_000;

export interface StageOptions {
  /** Of PostgreSQL, see postgresql.conf. */
  readonly settings?: Record<string, string>;
  /** What runs in place of the service's own program: a planted bug. */
  readonly program?: string;
}

/** Three processes of the service in production mode, each with a network of its own to one PostgreSQL. */
export class Stage {
  readonly replicas = Array.from({ length: REPLICAS }, (_, i) => i);
  players: readonly string[] = [];
  private readonly tokens = new Map<string, { readonly bearer: string; readonly issuedMs: number }>();
  private readonly accessTokens: JwtAccessTokens;
  private adminId = '';
  private day = 0;

  private constructor(
    readonly postgres: MortalPostgres,
    readonly proxies: readonly DatabaseProxy[],
    readonly fleet: ServiceFleet,
    private readonly config: CompleteConfig,
  ) {
    this.accessTokens = new JwtAccessTokens(config, config);
  }

  static async set({ settings = {}, program }: StageOptions = {}): Promise<Stage> {
    const postgres = await MortalPostgres.start(settings);
    await ensureDatabase(postgres, DATABASE);
    await migrate(postgres.url(DATABASE));
    const proxies = await Promise.all(Array.from({ length: REPLICAS }, () => DatabaseProxy.listen(postgres.port)));
    const secrets = productionSecrets();
    const environments = proxies.map(({ port }) => ({
      ...secrets,
      DATABASE_URL: Object.assign(new URL(postgres.url(DATABASE)), { port: String(port) }).toString(),
    }));
    const fleet = await ServiceFleet.start(environments, program);
    const stage = new Stage(postgres, proxies, fleet, completeConfigFrom(environments[0]!));
    await stage.withDatabase(async (dataSource) => {
      stage.players = await addPlayers(dataSource, PLAYERS);
      const [admin] = await dataSource.query<[{ id: string }]>(`select id from users where role = 'admin'`);
      stage.adminId = admin.id;
      // Whatever a test loses later, it is not the stage.
      await dataSource.query('checkpoint');
    });
    return stage;
  }

  /** With a connection of our own, past all proxies. */
  async withDatabase<T>(work: (dataSource: DataSource) => Promise<T>): Promise<T> {
    const dataSource = await createDataSource({ url: this.postgres.url(DATABASE), poolSize: 2 }).initialize();
    try {
      return await work(dataSource);
    } finally {
      await dataSource.destroy();
    }
  }

  /** It listens elsewhere afterwards; in real life its address would stay. */
  async restartPostgres(): Promise<void> {
    await this.postgres.restart();
    for (const proxy of this.proxies) proxy.databasePort = this.postgres.port;
  }

  /** Nobody can append to this day's log until the function that it gives is called. */
  async holdLog(date: string): Promise<() => Promise<void>> {
    const client = new Client({ connectionString: this.postgres.url(DATABASE) });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    await client.query(
      'select from ballot_logs where draw_id = (select draw_id from lotteries where date = $1) for update',
      [date],
    );
    return () => client.end();
  }

  bearerOf(userId: string): string {
    const known = this.tokens.get(userId);
    if (known && performance.now() - known.issuedMs < TOKEN_USED_MS) return known.bearer;
    const role = userId === this.adminId ? 'admin' : 'player';
    const bearer = `Bearer ${this.accessTokens.issue({ id: userId, role, sessionId: randomUUID() })}`;
    this.tokens.set(userId, { bearer, issuedMs: performance.now() });
    return bearer;
  }

  /** Of a replica that listens, whichever. */
  anyUrl(): string | null {
    const urls = this.replicas.map((i) => this.fleet.urlOf(i)).filter((url) => url !== null);
    return urls[Math.floor(Math.random() * urls.length)] ?? null;
  }

  /** Opens the lottery of a day that has none. */
  async openLottery(): Promise<string> {
    const date = new Date(Date.UTC(2090, 0, ++this.day)).toISOString().slice(0, 10);
    const headers = { authorization: this.bearerOf(this.adminId), 'content-type': 'application/json' };
    // 409: an attempt before this one, of whose answer we do not know, has opened it.
    await this.insist('/lotteries', { method: 'POST', headers, body: JSON.stringify({ date }) }, [201, 409]);
    return date;
  }

  /** As an operator does it: until the service says that it is closed. */
  async closeLottery(date: string): Promise<void> {
    const headers = { 'x-internal-token': this.config.INTERNAL_CLOSE_TOKEN };
    await this.insist(`/lotteries/close?date=${date}&early=true`, { method: 'POST', headers }, [200]);
  }

  async read(path: string): Promise<string> {
    return this.insist(path, {}, [200]);
  }

  async clear(): Promise<void> {
    await this.fleet.end();
    for (const proxy of this.proxies) proxy.close();
    await this.postgres.remove();
  }

  /** Repeats the request until it is answered with one of these. @throws Error where it is not in a minute */
  private async insist(path: string, request: RequestInit, wanted: readonly number[]): Promise<string> {
    let body = '';
    let last = '';
    const ask = async (): Promise<boolean> => {
      const url = this.anyUrl();
      if (url !== null) {
        const answer = await fetch(url + path, { ...request, signal: AbortSignal.timeout(REQUEST_MS) }).catch(
          () => null,
        );
        body = answer === null ? '' : await answer.text().catch(() => '');
        last = `${answer?.status ?? 'nothing'} ${body}`;
        if (answer !== null && wanted.includes(answer.status)) return true;
      }
      await pause(RETRY_MS);
      return false;
    };
    await until(ask, PATIENCE_MS).catch(() => {
      throw new Error(`${request.method ?? 'GET'} ${path}: ${last}`);
    });
    return body;
  }
}

function productionSecrets(): Record<string, string> {
  return {
    NODE_ENV: 'production',
    ORIGIN: 'lottery.chaos',
    SIGNING_KEY: randomBytes(32).toString('base64'),
    JWT_SECRET: randomBytes(32).toString('hex'),
    INTERNAL_CLOSE_TOKEN: randomBytes(32).toString('hex'),
    ADMIN_USERNAME: 'operator',
    ADMIN_PASSWORD: randomBytes(16).toString('hex'),
    LOG_LEVEL: 'warn',
    // All players come from one address, and each insists.
    ADDRESS_REQUESTS_PER_SECOND: '1000000',
    USER_REQUESTS_PER_SECOND: '1000000',
    USER_BALLOTS_PER_SECOND: '1000000',
  };
}
