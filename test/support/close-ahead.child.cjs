/** Loaded before the built service: what close-ahead.ts does in a spec. */
require('reflect-metadata');
const { CloseLottery } = require('../../dist/src/lottery/application/close-lottery.js');

CloseLottery.prototype.byHand = async function (date, early) {
  await this.execute({ date, trigger: 'manual', early });
};
