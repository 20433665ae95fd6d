import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Logger } from '@nestjs/common';
import { buildService, startService } from '../support/service-process';
import { createTestDatabase } from '../support/test-database';
import { AUTHORITY } from '../support/tls';
import { Broker } from './support/broker';
import { connect, until } from './support/kafka';
import { KAFKA_USER } from './support/secured-listeners';
import { entriesIn, messagesIn } from './support/stake-books';
import { StakeTraffic } from './support/stake-traffic';

const STAKES = 50;
const TRUSTING = { KAFKA_SSL: 'true', NODE_EXTRA_CA_CERTS: AUTHORITY };

const ownBrokers = process.env['OWN_BROKERS'] === 'true' ? describe : describe.skip;
ownBrokers('Kafka over TLS and with log-in', () => {
  let broker: Broker;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    await buildService();
    broker = await Broker.start({ isSecured: true });
    await connect(broker.address).ensureTopics(['some.dlq']);
    // A broker that is new does not know at once who coordinates a group.
    await until(async () => (await says({ KAFKA_BROKERS: broker.address })) === 'some.dlq: 0');
  }, 120_000);

  afterAll(() => broker.remove());

  const login = (mechanism: string, password = KAFKA_USER.password) => ({
    KAFKA_BROKERS: broker.secured!.saslSsl,
    KAFKA_SASL_MECHANISM: mechanism,
    KAFKA_SASL_USERNAME: KAFKA_USER.name,
    KAFKA_SASL_PASSWORD: password,
  });

  /** What the smallest program that talks to Kafka says when it is started so: what it lists, or its complaint. */
  const says = async (environment: Record<string, string>): Promise<string> => {
    const env = { PATH: process.env['PATH'], ...environment };
    const run = promisify(execFile)(process.execPath, ['dist/src/programs/dlq.js', 'list', '--topic', 'some'], { env });
    return run.then(
      ({ stdout }) => stdout.trim(),
      ({ stderr }: { stderr: string }) => stderr.trim(),
    );
  };

  it('answers who trusts the authority behind it', async () => {
    expect(await says({ ...TRUSTING, KAFKA_BROKERS: broker.secured!.ssl })).toBe('some.dlq: 0');
  });

  it('gets nothing from who does not trust it', async () => {
    const said = await says({ KAFKA_SSL: 'true', KAFKA_BROKERS: broker.secured!.ssl });
    expect(said).toMatch(/certificate/);
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])('lets in who logs in with %s', async (mechanism) => {
    expect(await says({ ...TRUSTING, ...login(mechanism) })).toBe('some.dlq: 0');
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])('refuses a wrong password with %s', async (mechanism) => {
    const said = await says({ ...TRUSTING, ...login(mechanism, 'a guess') });
    expect(said).toMatch(/authentication/i);
    expect(said).not.toContain('a guess');
  });

  it('refuses who does not log in', async () => {
    const said = await says({ ...TRUSTING, KAFKA_BROKERS: broker.secured!.saslSsl });
    expect(said).not.toContain('some.dlq');
  });

  it('brings stakes and takes awards', async () => {
    const database = await createTestDatabase();
    const traffic = new StakeTraffic(connect(broker.address), 1);
    const service = await startService({ DATABASE_URL: database.url, ...TRUSTING, ...login('scram-sha-512') });
    try {
      traffic.allow(STAKES);
      await until(async () => (await entriesIn(database)) === STAKES);
      // A broker does not lead a topic at once that was just created.
      const awards = () => messagesIn(connect(broker.address), 'lottery.v1.award').catch(() => 0);
      await until(async () => (await awards()) === STAKES / 10);
    } finally {
      await service.stop('SIGKILL');
      await traffic.stop();
      await database.drop();
    }
  });
});
