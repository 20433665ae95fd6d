const common = { ...require('../../jest.config.js') };
delete common.globalSetup;
delete common.globalTeardown;

/**
 * The specs that kill processes and break networks: npm run test:chaos. Each starts a PostgreSQL of its own.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...common,
  rootDir: '../..',
  testPathIgnorePatterns: ['/node_modules/'],
  roots: ['<rootDir>/test/chaos'],
  // Four processes and a database share the machine already.
  maxWorkers: 1,
  // Sockets of processes that were killed keep this one alive; what is to be checked has been checked by then.
  forceExit: true,
};
