import { randomBytes, randomUUID } from 'node:crypto';
import { buildService, ServiceProcess, startService } from './support/service-process';
import { createTestDatabase, TestDatabase } from './support/test-database';
import { until } from './support/until';
import { WebhookReceiver } from './support/webhook-receiver';

const secretText = (prefix: string) => `${prefix}-${randomBytes(12).toString('hex')}`;

/** Configured secrets, strong enough for production. */
const CONFIGURED = {
  SIGNING_KEY: randomBytes(32).toString('base64'),
  OTHER_SIGNING_KEY: randomBytes(32).toString('base64'),
  JWT_SECRET: randomBytes(32).toString('hex'),
  INTERNAL_CLOSE_TOKEN: randomBytes(32).toString('hex'),
  ADMIN_PASSWORD: secretText('admin'),
  KAFKA_SASL_PASSWORD: secretText('kafka'),
  ARCHIVE_SECRET_KEY: secretText('archive'),
};
const REDIS_PASSWORD = secretText('redis');
const VERBOSE = { LOG_LEVEL: 'debug', LOG_REQUESTS: 'all', METRICS_PORT: '0' };
const KAFKA = { KAFKA_BROKERS: '127.0.0.1:1', KAFKA_SASL_MECHANISM: 'scram-sha-256', KAFKA_SASL_USERNAME: 'lottery' };
const BUCKET = { ARCHIVE_URL: 'http://127.0.0.1:1/bucket', ARCHIVE_ACCESS_KEY: 'lottery' };

describe('no secret', () => {
  let database: TestDatabase;
  let receiver: WebhookReceiver;
  let service: ServiceProcess | null;

  beforeAll(buildService, 120_000);

  beforeEach(async () => {
    [database, receiver, service] = [await createTestDatabase(), await WebhookReceiver.start(), null];
  });

  afterEach(async () => {
    await service?.stop('SIGKILL');
    await receiver.stop();
    await database.drop();
  });

  const start = async (NODE_ENV: string, program?: string, more: Record<string, string> = {}) =>
    (service = await startService(
      {
        ...CONFIGURED,
        ...VERBOSE,
        ...KAFKA,
        ...BUCKET,
        REDIS_URL: `redis://:${REDIS_PASSWORD}@127.0.0.1:1`,
        NODE_ENV,
        ADMIN_USERNAME: 'admin',
        DATABASE_URL: database.url,
        DATABASE_OWNER_URL: database.url,
        WEBHOOKS_ALLOW_PRIVATE: 'true',
        ...more,
      },
      program,
    ));

  /** Everything that is printed and measured while secrets come and go, and which of them are in it. */
  async function leaks(running: ServiceProcess): Promise<string[]> {
    const secrets = new Set<string>([...Object.values(CONFIGURED), REDIS_PASSWORD]);
    // A server that trusts its network asks for none.
    if (new URL(database.url).password !== '') secrets.add(new URL(database.url).password);
    await new SecretTraffic(running, database, receiver, secrets).drive();
    const metrics = /metrics +(http:\S+)/.exec(running.output())?.[1];
    const text = running.output() + (await (await fetch(metrics!)).text());
    expect(text).toContain('/auth/login');
    const forms = (secret: string) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
    const shown = [...secrets].filter((secret) => forms(secret).some((form) => text.includes(form)));
    return [...shown, ...(text.match(/\$argon2id\$\S{10}|\bwhsec_\S{6}|\beyJ[\w-]{10}/g) ?? [])];
  }

  it.each(['production', 'development'])(
    'is in what the service prints and measures in %s, at its most verbose, whatever is asked and whatever fails',
    async (environment) => {
      expect(await leaks(await start(environment))).toEqual([]);
    },
    120_000,
  );

  it('would be found if the log were careless', async () => {
    const found = await leaks(
      await start('production', 'test/platform/logging/log-everything.child.cjs', { UNHIDDEN: 'true' }),
    );
    expect(found).toEqual(expect.arrayContaining([CONFIGURED.INTERNAL_CLOSE_TOKEN, CONFIGURED.ADMIN_PASSWORD]));
    expect(found.some((secret) => secret.startsWith('$argon2id$'))).toBe(true);
    expect(found.some((secret) => secret.startsWith('eyJ'))).toBe(true);
    expect(found.some((secret) => secret.startsWith('player'))).toBe(true);
  }, 120_000);

  it('that is configured is hidden even then', async () => {
    const found = await leaks(await start('production', 'test/platform/logging/log-everything.child.cjs'));
    expect(found.filter((secret) => Object.values(CONFIGURED).includes(secret))).toEqual([]);
    expect(found.filter((secret) => secret.startsWith('eyJ'))).toEqual([]);
  }, 120_000);

  it('is in the last words of a process that breaks', async () => {
    const running = await start('production', 'test/platform/logging/broken.child.cjs');
    expect(await running.stop('SIGUSR2')).toBe(1);
    expect(running.output()).toContain('the query failed');
    expect(running.output()).not.toContain('hunter2');
  });

  it.each<[string, (url: URL) => unknown, ('DATABASE_URL' | 'DATABASE_OWNER_URL')?]>([
    ['where the password of the database is wrong', (url) => (url.password = 'hunter2-hunter2')],
    ['where that of its owner is', (url) => (url.password = 'hunter2-hunter2'), 'DATABASE_OWNER_URL'],
    ['where the database cannot be reached', (url) => Object.assign(url, { password: 'hunter2-hunter2', port: '1' })],
    [
      'where there is no such host',
      (url) => Object.assign(url, { password: 'hunter2-hunter2', hostname: 'nowhere.invalid' }),
    ],
  ])('is in what a process says that cannot start %s', async (_, change, setting = 'DATABASE_URL') => {
    const url = new URL(database.url);
    change(url);
    const failed = startService({
      ...CONFIGURED,
      ...VERBOSE,
      ...BUCKET,
      NODE_ENV: 'production',
      ADMIN_USERNAME: 'admin',
      DATABASE_URL: database.url,
      [setting]: url.toString(),
    });
    const said = await failed.then(
      () => 'it started',
      (error: Error) => error.message,
    );
    expect(said).toContain('could not start');
    expect(said).not.toContain('hunter2');
    expect(Object.values(CONFIGURED).filter((secret) => said.includes(secret))).toEqual([]);
  });

  it('is in the list of what is wrong with a configuration', async () => {
    const secret = 'hunter2 hunter2';
    const wrong = {
      SIGNING_KEY: secret,
      JWT_SECRET: 'hunter2',
      INTERNAL_CLOSE_TOKEN: 'hunter2',
      DATABASE_URL: `mysql://a:${secret}@b/c`,
    };
    const said = await startService({ ...wrong, NODE_ENV: 'production', ADMIN_PASSWORD: 'hunter2' }).then(
      () => 'it started',
      (error: Error) => error.message,
    );
    expect(said).toContain('SIGNING_KEY');
    expect(said).not.toContain('hunter2');
  });
});

/** Every request that carries a secret or makes one: done right, done wrong, and while the database fails. */
class SecretTraffic {
  constructor(
    private readonly service: ServiceProcess,
    private readonly database: TestDatabase,
    private readonly receiver: WebhookReceiver,
    private readonly secrets: Set<string>,
  ) {}

  async drive(): Promise<void> {
    const password = this.secret('player');
    const username = `player-${randomUUID().slice(0, 8)}`;
    await this.post('/auth/register', { username, password });
    await this.post('/auth/register', { username, password });
    await this.post('/auth/register', { username: '?', password, email: password, extra: password });
    const { accessToken, refreshToken } = await this.session(username, password);
    const admin = await this.session('admin', CONFIGURED.ADMIN_PASSWORD);
    await this.post('/auth/login', { username, password: this.secret('wrong') });
    await this.post('/auth/login', { username: this.secret('nobody'), password });
    await this.raw('/auth/login', `{"username":"${username}","password":"${this.secret('cut')}`);
    await this.raw('/auth/login', `password=${this.secret('form')}`, 'application/x-www-form-urlencoded');
    await this.raw('/auth/login', JSON.stringify({ username, password: this.secret('long').padEnd(20_000, 'x') }));
    await this.tokens(accessToken, refreshToken);
    await this.operator();
    await this.webhooks(admin.accessToken);
    await this.whileTheDatabaseFails(username, password, admin);
  }

  private async tokens(accessToken: string, refreshToken: string): Promise<void> {
    await this.get('/users/me', { authorization: `Bearer ${accessToken}` });
    await this.get('/users/me', { authorization: `Bearer ${accessToken}x` });
    await this.get('/users/me', { authorization: `Basic ${this.secret('basic')}` });
    await this.get(`/users/me?token=${this.secret('query')}`, {});
    await this.get(`/${this.secret('path')}`, { cookie: `session=${this.secret('cookie')}` });
    await this.post('/lotteries/today/ballots', undefined, { authorization: `Bearer ${accessToken}` });
    const { body } = await this.post('/auth/refresh', { refreshToken });
    this.keep(body);
    await this.database.dataSource
      .query(`update refresh_tokens set used_at = used_at - interval '1 hour'`)
      .catch(() => undefined);
    await this.post('/auth/refresh', { refreshToken });
    await this.post('/auth/refresh', { refreshToken: this.secret('guess') });
    await this.post('/auth/logout', { refreshToken });
  }

  private async operator(): Promise<void> {
    const close = `/lotteries/close?date=${new Date().toISOString().slice(0, 10)}`;
    await this.post(close, undefined, { 'x-internal-token': CONFIGURED.INTERNAL_CLOSE_TOKEN });
    await this.post(close, undefined, { 'x-internal-token': this.secret('guess') });
    await this.post(`${close}&token=${CONFIGURED.INTERNAL_CLOSE_TOKEN}`, undefined, {});
    await this.post('/pools/stakes', { wrong: true }, { 'x-internal-token': CONFIGURED.INTERNAL_CLOSE_TOKEN });
  }

  private async webhooks(accessToken: string): Promise<void> {
    const authorization = `Bearer ${accessToken}`;
    const path = this.secret('hook');
    for (const base of [this.receiver.url, 'http://127.0.0.1:1/hook', 'http://nowhere.invalid/hook']) {
      const { body } = await this.post(
        '/webhooks',
        { url: `${base}/${path}?key=${path}`, types: ['*'] },
        { authorization },
      );
      this.keep(body);
      await this.post(`/webhooks/${String(body['id'])}/test`, undefined, { authorization });
    }
    await this.post(
      '/webhooks',
      { url: `https://user:${this.secret('login')}@host/`, types: ['*'] },
      { authorization },
    );
    this.receiver.answer = (response) => response.writeHead(500).end(path);
    await until(() => this.receiver.received.length > 0);
  }

  private async whileTheDatabaseFails(
    username: string,
    password: string,
    admin: Record<'accessToken' | 'refreshToken', string>,
  ) {
    const { dataSource, url } = this.database;
    const name = new URL(url).pathname.slice(1);
    // A query that carries a password hash fails, then each query, then each connection.
    await dataSource.query('alter table users rename column created_at to elsewhere');
    const failed = await this.post('/auth/register', { username: `other-${randomUUID().slice(0, 8)}`, password });
    expect(failed.status).toBe(500);
    await dataSource.query('alter table users rename column elsewhere to created_at');
    await dataSource.query('alter table users rename to elsewhere');
    await this.post('/auth/login', { username, password });
    await this.post('/auth/refresh', { refreshToken: admin.refreshToken });
    await dataSource.query('alter table elsewhere rename to users');
    await dataSource.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
      [name],
    );
    await Promise.all([
      this.post('/auth/login', { username, password }),
      this.post('/lotteries/today/ballots', undefined, { authorization: `Bearer ${admin.accessToken}` }),
      this.post('/auth/refresh', { refreshToken: admin.refreshToken }),
      this.get('/health/ready', {}),
    ]);
  }

  private async session(username: string, password: string): Promise<Record<'accessToken' | 'refreshToken', string>> {
    const { status, body } = await this.post('/auth/login', { username, password });
    expect(status).toBe(200);
    this.keep(body);
    return body as Record<'accessToken' | 'refreshToken', string>;
  }

  /** Each long text of an answer that only whoever asked may know. */
  private keep(body: Readonly<Record<string, unknown>>): void {
    for (const name of ['accessToken', 'refreshToken', 'secret']) {
      const value = body[name];
      if (typeof value === 'string') this.secrets.add(value);
    }
  }

  private secret(prefix: string): string {
    const value = secretText(prefix);
    this.secrets.add(value);
    return value;
  }

  private async post(path: string, body?: object, headers: Record<string, string> = {}) {
    const { status, body: answer } = await this.service.request().post(path).set(headers).send(body);
    return { status, body: answer as Readonly<Record<string, unknown>> };
  }

  private async raw(path: string, body: string, type = 'application/json'): Promise<void> {
    // A body that is too long can end the connection before it is sent.
    await this.service
      .request()
      .post(path)
      .set('content-type', type)
      .send(body)
      .catch(() => undefined);
  }

  private async get(path: string, headers: Record<string, string>): Promise<void> {
    await this.service.request().get(path).set(headers);
  }
}
