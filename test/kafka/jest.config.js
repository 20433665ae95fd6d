const common = require('../../jest.config.js');

/**
 * The specs that need a broker: npm run test:kafka.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...common,
  rootDir: '../..',
  testPathIgnorePatterns: ['/node_modules/'],
  roots: ['<rootDir>/test/kafka'],
  globalSetup: '<rootDir>/test/kafka/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/kafka/support/global-teardown.ts',
  // Brokers are killed and started again in between, on the same two cores.
  maxWorkers: 1,
  testTimeout: 120_000,
};
