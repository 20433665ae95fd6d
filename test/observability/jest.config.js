const common = require('../../jest.config.js');

/**
 * The specs that need Prometheus: npm run test:observability.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...common,
  rootDir: '../..',
  testPathIgnorePatterns: ['/node_modules/'],
  roots: ['<rootDir>/test/observability'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
