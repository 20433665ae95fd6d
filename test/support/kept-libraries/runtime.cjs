const { default: Runtime } = require('jest-runtime');

/** Except those that keep what they are told about classes or metrics of one spec. */
const LIBRARY = /\/node_modules\/(?!(?:class-transformer|prom-client)\/)/;

const libraries = new Map();
let current;

/** Our own modules are loaded for each spec, as Jest does it; libraries once for each worker. */
module.exports = class extends Runtime {
  constructor(...given) {
    super(...given);
    current = this;
    for (const [path, library] of libraries) this.registries.moduleRegistry.set(path, library);
  }

  /** What a library requires later belongs to the spec that runs by then. */
  requireModuleOrMock(from, name) {
    return current === this ? super.requireModuleOrMock(from, name) : current.requireModuleOrMock(from, name);
  }

  teardown() {
    for (const [path, library] of this.registries.moduleRegistry) {
      if (LIBRARY.test(path) && library.loaded) libraries.set(path, library);
    }
    super.teardown();
  }
};
module.exports.default = module.exports;
