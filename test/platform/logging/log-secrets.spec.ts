import { stackOf } from '../../../src/platform/errors/stack-of';
import { secretHider } from '../../../src/platform/logging/log-secrets';
import { LogLine, ServiceLogger } from '../../../src/platform/logging/service-logger';
import { printed } from '../../support/printed';

const CONFIG = {
  SIGNING_KEY: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
  JWT_SECRET: '8c1f0c8d5f0e4f60b1de7a9d1a2b3c4d',
  INTERNAL_CLOSE_TOKEN: '0b9e4c5d6a7f8091a2b3c4d5e6f70819',
  ADMIN_PASSWORD: 'a+b (correct) horse?',
  KAFKA_SASL_PASSWORD: 'broker horse',
  ARCHIVE_ACCESS_KEY: 'archive horse',
  ARCHIVE_SECRET_KEY: 'bucket horse',
  DATABASE_OWNER_URL: 'postgres://owner:owners-horse@db:5432/lottery',
  DATABASE_URL: 'postgres://lottery:p%40ss%2Fw0rd%21@db:5432/lottery',
};
const SECRETS = [
  ...Object.values(CONFIG).slice(0, 7),
  'owners-horse',
  'p%40ss%2Fw0rd%21',
  'p@ss/w0rd!',
  encodeURIComponent(CONFIG.SIGNING_KEY),
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMWExZmUyYyJ9.c2lnbmF0dXJl',
];

describe('the last line of defence', () => {
  const hide = secretHider(CONFIG);

  it.each(SECRETS)('hides %s', (secret) => {
    expect(hide(`it was "${secret}", they say`)).toBe('it was "[hidden]", they say');
  });

  it('hides credentials in headers and URLs, whoever they belong to', () => {
    expect(hide('Authorization: Bearer abcdefghijk')).toBe('Authorization: Bearer [hidden]');
    expect(hide('authorization: basic YWRtaW46aG9yc2U=')).toBe('authorization: basic [hidden]');
    expect(hide('at postgres://someone:elses@host/db')).toBe('at postgres://someone:[hidden]@host/db');
  });

  it('leaves all else as it is', () => {
    const text = 'The lottery of 2026-11-21 is open at http://127.0.0.1:8000 since 12:00:01 (bearer of news).';
    expect(hide(text)).toBe(text);
  });

  it('holds without any configuration', () => {
    expect(secretHider({})('whsec_abc')).toBe('[hidden]');
  });

  it.each(['production', 'development'] as const)('stands before each line of the log in %s', async (NODE_ENV) => {
    const lines = await printed(async () => {
      const logger = new ServiceLogger({ ...CONFIG, NODE_ENV, LOG_LEVEL: 'debug' });
      for (const secret of SECRETS) {
        logger.log(secret, 'Test');
        logger.warn(new LogLine(secret, { status: 1 }), 'Test');
        logger.debug(new Error(secret));
        logger.error('failed', `Error: ${secret}\n    at somewhere`, 'Test');
        logger.error(Object.assign(new Error('query failed'), { parameters: [secret] }), undefined, 'Test');
      }
    });
    expect(lines.length).toBeGreaterThanOrEqual(5 * SECRETS.length);
    expect(SECRETS.filter((secret) => lines.join('\n').includes(secret))).toEqual([]);
  });

  it.each([
    ['a word without end', 'x'],
    ['beginnings of tokens', 'eyJ-'],
    ['blanks after the word bearer', ' '],
    ['beginnings of addresses', '://a:'],
    ['characters of three bytes', '中'],
    ['characters of four bytes', '🎰'],
  ])('bounds what a text from outside takes, in bytes and in time: %s', async (_, piece) => {
    const text = `bearer${piece.repeat(4_000_000)}`;
    const lines = await printed(async () => {
      const logger = new ServiceLogger({ ...CONFIG, NODE_ENV: 'production', LOG_LEVEL: 'debug' });
      const before = performance.now();
      logger.warn(text, 'Test');
      logger.warn(new LogLine(text, { status: 1 }), 'Test');
      logger.error('failed', text, 'Test');
      expect(performance.now() - before).toBeLessThan(1_000);
    });
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThan(17_000);
      expect(line).toContain(`(cut: ${Buffer.byteLength(text)} bytes)`);
      // As JSON writes half a character.
      expect(line).not.toMatch(/\\ud[89a-f]/);
    }
  });

  it('holds where a text is cut, wherever the secret lies', async () => {
    const secret = CONFIG.JWT_SECRET;
    for (let before = 16_300; before < 20_500; before += 7) {
      const [line] = await printed(async () => {
        const logger = new ServiceLogger({ ...CONFIG, NODE_ENV: 'production', LOG_LEVEL: 'debug' });
        logger.warn(`${secret.repeat(100)}${'x'.repeat(before)}${secret}${'y'.repeat(20_000)}`, 'Test');
      });
      expect([before, line?.includes(secret.slice(0, 6))]).toEqual([before, false]);
    }
  });

  it('bounds an error that is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(stackOf(error).match(/caused by/g)).toHaveLength(8);
  });
});
