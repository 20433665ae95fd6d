const common = require('../../jest.config.js');

/**
 * The specs that look at the pages with a browser: npm run test:web.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...common,
  rootDir: '../..',
  testPathIgnorePatterns: ['/node_modules/'],
  roots: ['<rootDir>/test/web'],
  // A browser has processes enough of its own.
  maxWorkers: 2,
};
