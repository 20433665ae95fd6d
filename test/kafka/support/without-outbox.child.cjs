/**
 * The built service with a planted bug: what it has to tell waits in memory until the transaction is committed, and is
 * published then, as if there were no outbox.
 */
const { randomUUID } = require('node:crypto');
const { AwardRoute } = require('../../../dist/src/pool/infrastructure/award-route.js');
const { StakeMessages } = require('../../../dist/src/pool/infrastructure/stake-messages.js');
const { readConfig } = require('../../../dist/src/platform/config/config.js');
const { ServiceConfig } = require('../../../dist/src/platform/config/service-config.js');
const { EventRoutes } = require('../../../dist/src/platform/kafka/event-routes.js');
const { KafkaConfig } = require('../../../dist/src/platform/kafka/kafka-config.js');
const { KafkaConnection } = require('../../../dist/src/platform/kafka/kafka-connection.js');
const { KafkaEventPublisher } = require('../../../dist/src/platform/kafka/kafka-event-publisher.js');
const { KafkaProducer } = require('../../../dist/src/platform/kafka/kafka-producer.js');
const { TypeOrmOutbox } = require('../../../dist/src/platform/events/typeorm-outbox.js');

/** A pool's events in the order in which they come. */
const TYPES = ['pool.opened', 'pool.sealed', 'pool.drawn', 'pool.awarded'];

const config = readConfig([KafkaConfig, ServiceConfig]);
const routes = new EventRoutes();
new AwardRoute(routes).onModuleInit();
const publisher = new KafkaEventPublisher(new KafkaProducer(new KafkaConnection(config)), routes, config.ORIGIN);
const handle = StakeMessages.prototype.handle;
const told = [];

TypeOrmOutbox.prototype.add = async (events) => {
  const occurredAt = new Date();
  for (const event of events) {
    told.push({ ...event, id: randomUUID(), aggregateVersion: TYPES.indexOf(event.type) + 1, occurredAt });
  }
};

StakeMessages.prototype.handle = async function (messages) {
  // Of an attempt that was rolled back.
  told.length = 0;
  const refused = await handle.call(this, messages);
  await publisher.publish(told.splice(0)).catch(() => undefined);
  return refused;
};

require('../../../dist/src/main.js');
