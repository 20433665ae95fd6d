/**
 * Posts gifts with the built service and dies on the way: process.argv is the gifts as JSON, statement and moment. It
 * kills itself with SIGKILL before the n-th SQL statement of the postings, or just after that was sent. Prints the id
 * of each gift that was acknowledged, and at last, if it lives, how many statements there were.
 */
const { writeSync } = require('node:fs');
const pg = require('pg');
const { createApp } = require('../../dist/src/create-app.js');
const { createDataSource } = require('../../dist/src/data-source.js');
const { MoneyQueue, walletOf } = require('../../dist/src/wallet/wallet.api.js');
const { readConfig } = require('../../dist/src/platform/config/config.js');
const { completeConfig, SECTIONS } = require('../../dist/src/programs/config.js');

const [, , gifts, last, moment] = process.argv;
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
  const queue = app.get(MoneyQueue, { strict: false });
  counted.armed = true;
  const post = async ({ id, from, to }) => {
    const sides = { debit: walletOf(from, 'XTS'), credit: walletOf(to, 'XTS') };
    await queue.submit([{ id, kind: 'transfer', reason: 'donation', causeId: id, ...sides, amountMinor: 1n }]);
    // At once: what is buffered dies with the process.
    writeSync(1, `${id}\n`);
  };
  const all = JSON.parse(gifts);
  const half = all.length / 2;
  // Two batches, always.
  await Promise.all(all.slice(0, half).map(post));
  await Promise.all(all.slice(half).map(post));
  writeSync(1, `${counted.statements}\n`);
  process.exit(0);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
