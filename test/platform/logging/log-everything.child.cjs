/**
 * The built service with the carelessness that test/secrets.spec.ts is there to find: whole errors in the log, and the
 * headers and bodies of requests. With UNHIDDEN in the environment the last line of defence is away, too.
 */
const { inspect } = require('node:util');
const { Logger } = require('@nestjs/common');
const folder = '../../../dist/src/platform';

replace(`${folder}/errors/stack-of.js`, 'stackOf', (error) => inspect(error));
if (process.env.UNHIDDEN) replace(`${folder}/logging/log-secrets.js`, 'secretHider', () => (text) => text);
const { RequestWatch } = require(`${folder}/http/request-watch.js`);
const { answered } = RequestWatch.prototype;
RequestWatch.prototype.answered = function (request, reply) {
  new Logger('Careless').log(JSON.stringify([request.headers, request.body]));
  return answered.call(this, request, reply);
};
require('../../../dist/src/main.js');

/** For every module that is loaded from now on: exports themselves cannot be assigned to. */
function replace(path, name, planted) {
  const original = require(path);
  if (typeof original[name] !== 'function') throw new Error(`${path} exports no ${name} to replace.`);
  require.cache[require.resolve(path)].exports = { ...original, [name]: planted };
}
