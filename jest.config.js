const { readFileSync } = require('node:fs');

/** Those of the build, so that the tests run what the service is. */
const compilerOptions = JSON.parse(readFileSync(require.resolve('./.swcrc'), 'utf8'));

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // They need a broker, a redis-server, a store or Prometheus, or take minutes: npm run test:kafka, test:redis, ...
  testPathIgnorePatterns: [
    '/node_modules/',
    ...['kafka', 'redis', 's3', 'observability', 'chaos'].map((one) => `<rootDir>/test/${one}/`),
  ],
  transform: {
    // The verifier's .mjs too: jest runs what swc makes of them, node runs them as they are.
    '^.+\\.m?[jt]s$': ['@swc/jest', compilerOptions],
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:.*/)?(?:@fastify/static|@noble|jose)/)'],
  setupFilesAfterEnv: ['<rootDir>/test/support/contract-guard.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // Two databases at a time: the tests race inside one process and share the machine with PostgreSQL.
  maxWorkers: 2,
  testTimeout: 60_000,
};
