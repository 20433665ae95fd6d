/**
 * The built service with a planted bug: what was fetched counts as handled before it is. A second lies between, in
 * which it can be killed.
 */
const { setTimeout: pause } = require('node:timers/promises');
const { KafkaBatches } = require('../../../dist/src/platform/kafka/kafka-batches.js');

const handle = KafkaBatches.prototype.handle;

KafkaBatches.prototype.handle = async function (fetched) {
  const { topic, partition, messages } = fetched.batch;
  const offset = String(BigInt(messages.at(-1).offset) + 1n);
  await fetched.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
  await pause(1_000);
  await handle.call(this, fetched);
};

require('../../../dist/src/main.js');
