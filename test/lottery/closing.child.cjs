/**
 * Closes one lottery with the built service and dies on the way: process.argv is date, statement and moment. It kills
 * itself with SIGKILL before the n-th message of the closing to the database, or just after that was sent. With statement 0 it
 * lives and prints how many there were.
 */
const { createApp } = require('../../dist/src/create-app.js');
const { createDataSource } = require('../../dist/src/data-source.js');
const { CloseLottery } = require('../../dist/src/lottery/application/close-lottery.js');
const { LotteryDate } = require('../../dist/src/lottery/domain/lottery-date.js');
const { Clock } = require('../../dist/src/shared/application/clock.js');
const { readConfig } = require('../../dist/src/platform/config/config.js');
const { completeConfig, SECTIONS } = require('../../dist/src/programs/config.js');
const dieAtStatement = require('../support/die-at-statement.cjs');

const [, , date, last, moment] = process.argv;
const counted = dieAtStatement(last, moment);

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
