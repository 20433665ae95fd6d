/**
 * Posts gifts with the built service and dies on the way: process.argv is the gifts as JSON, statement and moment. It
 * kills itself with SIGKILL before the n-th message of the postings to the database, or just after that was sent. Prints the id
 * of each gift that was acknowledged, and at last, if it lives, how many statements there were.
 */
const { writeSync } = require('node:fs');
const { createApp } = require('../../dist/src/create-app.js');
const { createDataSource } = require('../../dist/src/data-source.js');
const { MoneyQueue, walletOf } = require('../../dist/src/wallet/wallet.api.js');
const { readConfig } = require('../../dist/src/platform/config/config.js');
const { completeConfig, SECTIONS } = require('../../dist/src/programs/config.js');
const dieAtStatement = require('../support/die-at-statement.cjs');

const [, , gifts, last, moment] = process.argv;
const counted = dieAtStatement(last, moment);

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
