const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/** Those of the build, so that the tests run what the service is. */
const compilerOptions = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

/** Folders with a configuration of their own: they need a server of some kind, or take minutes (npm run test:<kind>). */
const ELSEWHERE = readdirSync(join(__dirname, 'test')).filter((folder) =>
  existsSync(join(__dirname, 'test', folder, 'jest.config.js')),
);

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...ELSEWHERE.map((kind) => `<rootDir>/test/${kind}/`)],
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
