const common = require('../../jest.config.js');

/**
 * The specs that need a redis-server: npm run test:redis.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...common,
  rootDir: '../..',
  testPathIgnorePatterns: ['/node_modules/'],
  roots: ['<rootDir>/test/redis'],
};
