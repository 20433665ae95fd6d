import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { TooManySignUps } from '../../src/user/domain/errors';
import { TypeOrmSignUps } from '../../src/user/infrastructure/typeorm-sign-ups';
import { startTestApp, testConfig } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';

const HOUR_MS = 3_600_000;

describe('sign-ups of one address', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase()));
  beforeEach(() => database.setClockOffset(0));
  afterAll(() => database.drop());

  const limitedTo = (settings: Record<string, string>) => {
    const config = testConfig(database.url, settings);
    return new TypeOrmSignUps(config, config, new TypeOrmUnitOfWork(database.dataSource));
  };

  it('are limited for all replicas together, until an hour after the first', async () => {
    const replicas = Array.from({ length: 3 }, () => limitedTo({ ADDRESS_SIGN_UPS_PER_HOUR: '6' }));
    const takes = Array.from({ length: 30 }, (_, i) => replicas[i % 3]!.take('192.0.2.1'));
    const outcomes = await Promise.allSettled(takes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    await replicas[0]!.take('192.0.2.2');
    const refusal = (await replicas[1]!.take('192.0.2.1').catch((error: unknown) => error)) as TooManySignUps;
    expect(refusal).toBeInstanceOf(TooManySignUps);
    expect(refusal.retryAfterSeconds).toBeGreaterThan(3_590);
    await database.setClockOffset(HOUR_MS);
    await replicas[1]!.take('192.0.2.1');
  });

  it('are not limited for days when the clock of the database has been ahead', async () => {
    const signUps = limitedTo({ ADDRESS_SIGN_UPS_PER_HOUR: '1' });
    await database.setClockOffset(72 * HOUR_MS);
    await signUps.take('192.0.2.3');
    await database.setClockOffset(0);
    await signUps.take('192.0.2.3');
  });

  it('are not limited by default, except in production', async () => {
    const signUps = limitedTo({});
    for (let i = 0; i < 200; i++) await signUps.take('192.0.2.4');
    const production = testConfig(database.url);
    const limited = new TypeOrmSignUps(
      production,
      { ...production, NODE_ENV: 'production' },
      new TypeOrmUnitOfWork(database.dataSource),
    );
    for (let i = 0; i < 100; i++) await limited.take('192.0.2.4');
    await expect(limited.take('192.0.2.4')).rejects.toThrow(TooManySignUps);
  });

  it('are answered with 429 and Retry-After beyond the limit; networks of IPv6 count as one', async () => {
    const app = await startTestApp({ ADDRESS_SIGN_UPS_PER_HOUR: '1', TRUST_PROXY_HOPS: '1' });
    const register = (username: string, from: string) =>
      app.request().post('/auth/register').set('x-forwarded-for', from).send({ username, password: 'correct horse' });
    await register('alice', '2001:db8::1').expect(201);
    const { body, headers } = await register('bobby', '2001:db8::2').expect(429);
    expect(body).toMatchObject({ code: 'auth.too-many-sign-ups' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(3_590);
    await register('bobby', '2001:db8:0:1::2').expect(201);
    await app.close();
  });
});
