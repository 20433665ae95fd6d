/**
 * A replica that relays with the built service until it is killed. What it publishes goes into the table `published`,
 * row by row, like a broker that takes what it gets; its subscriber writes into `effects`, in the unit of work.
 * process.argv: after how many events it kills itself with SIGKILL (0: never), and `mark-first` for the bug to mark
 * events before they are delivered.
 */
const { Pool } = require('pg');
const { createApp } = require('../../../dist/src/create-app.js');
const { createDataSource } = require('../../../dist/src/data-source.js');
const { EventChannels } = require('../../../dist/src/shared/application/event-channels.js');
const { EventSubscribers } = require('../../../dist/src/shared/application/event-subscribers.js');
const { readConfig } = require('../../../dist/src/platform/config/config.js');
const { completeConfig, SECTIONS } = require('../../../dist/src/programs/config.js');
const { OutboxRows } = require('../../../dist/src/platform/events/outbox-rows.js');
const { TypeOrmUnitOfWork } = require('../../../dist/src/platform/database/typeorm-unit-of-work.js');

let left = Number(process.argv[2]);

function dieAtLast() {
  if (--left === 0) process.kill(process.pid, 'SIGKILL');
}

async function main() {
  const { databaseRole } = process.env;
  const config = { ...completeConfig(readConfig(SECTIONS)), databaseRole };
  const dataSource = await createDataSource({ url: config.DATABASE_URL, poolSize: 4 }).initialize();
  const app = await createApp(config, dataSource);
  const work = app.get(TypeOrmUnitOfWork);
  const broker = new Pool({ connectionString: config.DATABASE_URL, max: 4 });
  if (process.argv[3] === 'mark-first') markFirst(work);
  app.get(EventChannels).publishThrough({
    publish: async (events) => {
      for (const { id, aggregateId, aggregateVersion } of events) {
        dieAtLast();
        await broker.query('insert into published (id, aggregate_id, version) values ($1, $2, $3)', [
          id,
          aggregateId,
          aggregateVersion,
        ]);
      }
    },
  });
  app.get(EventSubscribers).add({
    name: 'effects',
    types: 'all',
    handleAll: async (events) => {
      for (const { id, aggregateId, aggregateVersion } of events) {
        dieAtLast();
        await work.writer.query('insert into effects (id, aggregate_id, version) values ($1, $2, $3)', [
          id,
          aggregateId,
          aggregateVersion,
        ]);
      }
    },
  });
  await app.listen(0, '127.0.0.1');
  process.send('ready');
}

function markFirst(work) {
  const read = OutboxRows.prototype.undelivered;
  OutboxRows.prototype.undelivered = async function (channel, ...given) {
    const found = await read.call(this, channel, ...given);
    if (found.length > 0) await work.run(() => this.mark(channel, found));
    return found;
  };
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
