/**
 * Closes one lottery with the built service and dies on the way: process.argv is date, statement and moment. It kills
 * itself with SIGKILL before the n-th SQL statement of the closing, or just after that was sent. With statement 0 it
 * lives and prints how many there were.
 */
const pg = require('pg');
const { createApp } = require('../../dist/src/create-app.js');
const { createDataSource } = require('../../dist/src/data-source.js');
const { CloseLottery } = require('../../dist/src/lottery/application/close-lottery.js');
const { LotteryDate } = require('../../dist/src/lottery/domain/lottery-date.js');
const { Clock } = require('../../dist/src/shared/application/clock.js');
const { readConfig } = require('../../dist/src/platform/config/config.js');
const { completeConfig, SECTIONS } = require('../../dist/src/programs/config.js');

const [, , date, last, moment] = process.argv;
const counted = { armed: false, statements: 0 };

// Before any connection is made: each keeps the function that it finds then.
const send = pg.Client.prototype.query;
pg.Client.prototype.query = function (...given) {
  const dying = counted.armed && ++counted.statements === Number(last);
  if (dying && moment === 'before') process.kill(process.pid, 'SIGKILL');
  const sent = send.apply(this, given);
  if (dying) process.kill(process.pid, 'SIGKILL');
  return sent;
};

async function main() {
  const config = completeConfig(readConfig(SECTIONS));
  const dataSource = await createDataSource({ url: config.DATABASE_URL, poolSize: 2 }).initialize();
  const app = await createApp(config, dataSource);
  await app.get(Clock).synchronise();
  counted.armed = true;
  const closing = { date: LotteryDate.parse(date), trigger: 'manual', early: true };
  await app.get(CloseLottery, { strict: false }).execute(closing);
  process.stdout.write(String(counted.statements));
  process.exit(0);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
