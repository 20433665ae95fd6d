const common = require('../../jest.config.js');

/**
 * The specs that need a store like S3: npm run test:s3.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...common,
  rootDir: '../..',
  testPathIgnorePatterns: ['/node_modules/'],
  roots: ['<rootDir>/test/s3'],
  globalSetup: '<rootDir>/test/s3/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/s3/support/global-teardown.ts',
  maxWorkers: 1,
};
