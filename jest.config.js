const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/** Those of the build, so that the tests run what the service is. */
const compilerOptions = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

/** As Vite compiles the pages. */
const PAGES = {
  ...compilerOptions,
  jsc: {
    ...compilerOptions.jsc,
    parser: { syntax: 'typescript', tsx: true },
    transform: { react: { runtime: 'automatic', importSource: 'preact' } },
  },
};

/** Folders with a configuration of their own: they need a server of some kind, or take minutes (npm run test:<kind>). */
const ELSEWHERE = readdirSync(join(__dirname, 'test')).filter((folder) =>
  existsSync(join(__dirname, 'test', folder, 'jest.config.js')),
);

/** @type {import('jest').Config} */
module.exports = {
  // Loading libraries anew for each spec took more time than most specs.
  runtime: '<rootDir>/test/support/kept-libraries/runtime.cjs',
  testEnvironment: '<rootDir>/test/support/kept-libraries/environment.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  testPathIgnorePatterns: ['/node_modules/', ...ELSEWHERE.map((kind) => `<rootDir>/test/${kind}/`)],
  transform: {
    // The verifier's .mjs too: jest runs what swc makes of them, node runs them as they are.
    '^.+\\.m?[jt]s$': ['@swc/jest', compilerOptions],
    '^.+\\.tsx$': ['@swc/jest', PAGES],
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:.*/)?(?:@fastify/static|@noble|jose|preact(?:-render-to-string)?)/)'],
  setupFilesAfterEnv: ['<rootDir>/test/support/contract-guard.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  // One more than CI has cores: some tests wait for most of their time.
  maxWorkers: 3,
  testTimeout: 60_000,
};
