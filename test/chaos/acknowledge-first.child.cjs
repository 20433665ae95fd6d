/**
 * The built service with a planted bug: it acknowledges ballots when they are written, a moment before they are
 * committed.
 */
const { setTimeout: sleep } = require('node:timers/promises');
const { TypeOrmUnitOfWork } = require('../../dist/src/platform/database/typeorm-unit-of-work.js');

const MOMENT_MS = 100;

const { runAlone } = TypeOrmUnitOfWork.prototype;

TypeOrmUnitOfWork.prototype.runAlone = function (work) {
  return new Promise((acknowledge, refuse) => {
    const committed = runAlone.call(this, async () => {
      acknowledge(await work());
      await sleep(MOMENT_MS);
    });
    committed.catch(refuse);
  });
};

require('../../dist/src/main.js');
