import type { Requirements } from '../support/requirements';
import { missingTools } from './support/broker-jars';

export const requirements: Requirements = {
  needs: 'a Kafka broker, and start one of their own unless they are given one',
  remedy: [
    'KAFKA_BROKERS=host:port npm run test:kafka',
    'apt-get install --no-install-recommends default-jre-headless maven   (Debian)',
  ],
  missing: async () => (process.env['KAFKA_BROKERS'] ? [] : missingTools()),
};
