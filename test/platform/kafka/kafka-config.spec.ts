import { once } from 'node:events';
import { AddressInfo, createServer } from 'node:net';
import { ConfigurationRefused, readConfig } from '../../../src/platform/config/config';
import { ServiceConfig } from '../../../src/platform/config/service-config';
import { KafkaConfig } from '../../../src/platform/kafka/kafka-config';
import { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig([KafkaConfig, ServiceConfig], environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.faults;
    throw error;
  }
}

describe('configuration of Kafka', () => {
  it('does without', () => {
    expect(readConfig([KafkaConfig], {})).toMatchObject({ KAFKA_SSL: false, KAFKA_TOPIC_PARTITIONS: 8 });
    expect(readConfig([KafkaConfig], {}).KAFKA_BROKERS).toBeUndefined();
    expect(() => new KafkaConnection(readConfig([KafkaConfig], {}))).toThrow('KAFKA_BROKERS is not set');
  });

  it('takes brokers and a log-in', () => {
    const config = readConfig([KafkaConfig], {
      KAFKA_BROKERS: 'kafka-1.example:9092, [::1]:9093',
      KAFKA_SSL: 'true',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'lottery',
      KAFKA_SASL_PASSWORD: 'p',
    });
    expect(config).toMatchObject({ KAFKA_BROKERS: ['kafka-1.example:9092', '[::1]:9093'], KAFKA_SSL: true });
    expect(() => new KafkaConnection(config)).not.toThrow();
  });

  it('reaches a broker at an address of IPv6', async () => {
    const server = createServer((socket) => socket.destroy());
    await once(server.listen(0, '::1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const connection = new KafkaConnection(readConfig([KafkaConfig], { KAFKA_BROKERS: `[::1]:${port}` }));
    const reached = once(server, 'connection');
    const admin = connection.client.admin({ retry: { retries: 0 } });
    await expect(admin.connect()).rejects.not.toThrow('ENOTFOUND');
    await reached;
    await admin.disconnect();
    server.close();
  });

  it.each([
    '[::]:1,[:::]:1',
    '[::1]',
    '[1.2.3.4]:1',
    '[fe80::1%eth0]:1',
    '::1:9092',
    'kafka',
    'kafka:',
    'kafka:0',
    'kafka:70000',
    'kafka:9092,',
    'http://kafka:9092',
    'a b:1',
  ])('refuses the broker %p', (brokers) => {
    expect(faultsOf({ KAFKA_BROKERS: brokers })).toEqual([expect.stringContaining('KAFKA_BROKERS')]);
  });

  it('refuses a log-in by half, and a flag that is neither true nor false', () => {
    const faults = faultsOf({ KAFKA_SASL_MECHANISM: 'plain', KAFKA_SSL: 'yes' }).join();
    expect(faults).toContain('KAFKA_SASL_USERNAME');
    expect(faults).toContain('KAFKA_SASL_PASSWORD');
    expect(faults).toContain('KAFKA_SSL');
  });

  it('refuses a password that anybody on the way can read, in production', () => {
    const logIn = { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'u', KAFKA_SASL_PASSWORD: 'p' };
    const mentioned = (environment: Record<string, string>) => faultsOf(environment).join().includes('KAFKA_SSL');
    expect(mentioned({ ...logIn, NODE_ENV: 'production' })).toBe(true);
    expect(mentioned({ ...logIn, NODE_ENV: 'production', KAFKA_SSL: 'true' })).toBe(false);
    expect(mentioned({ ...logIn, NODE_ENV: 'production', KAFKA_SASL_MECHANISM: 'scram-sha-256' })).toBe(false);
    expect(mentioned(logIn)).toBe(false);
  });
});
