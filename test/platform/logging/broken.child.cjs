/** The built service, in which a promise that nobody waits for fails as a query does: at SIGUSR2. */
process.on('SIGUSR2', () => {
  const error = Object.assign(new Error('the query failed'), { parameters: ['$argon2id$hunter2'] });
  void Promise.reject(error);
});
require('../../../dist/src/main.js');
