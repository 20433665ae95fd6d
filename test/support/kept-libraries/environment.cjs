const { AsyncLocalStorage } = require('node:async_hooks');
const { TestEnvironment } = require('jest-environment-node');

let kept;

/** Those in use. Until they are disabled, Node 20 hands each of them from promise to promise, also after their spec. */
const storages = new Set();
for (const method of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[method];
  AsyncLocalStorage.prototype[method] = function (...given) {
    storages.add(this);
    return original.apply(this, given);
  };
}

/** One context for all specs of a worker: `runtime.cjs` hands the libraries in it from one spec to the next. */
module.exports = class {
  constructor(...given) {
    kept ??= new KeptEnvironment(...given);
    return kept;
  }
};

class KeptEnvironment extends TestEnvironment {
  constructor(...given) {
    super(...given);
    this.variables = { ...this.global.process.env };
  }

  /** The next spec finds everything as the first one did, except that the libraries are loaded. */
  async teardown() {
    const { env } = this.global.process;
    for (const name of Object.keys(env)) delete env[name];
    Object.assign(env, this.variables);
    this.moduleMocker.restoreAllMocks();
    this.fakeTimersModern.useRealTimers();
    // What the decorators of the spec's own copy of our classes have registered.
    delete this.global.classValidatorMetadataStorage;
    for (const storage of storages) storage.disable();
    storages.clear();
  }
}
