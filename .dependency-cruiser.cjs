/**
 * Who may import whom (docs/decisions and README say why). Allow-lists: an import that no line allows is an error, and
 * so is every import of a module that this table does not know. test/architecture.spec.ts breaks each line on purpose.
 */

/** Each module with those it may use, through their api and events only. A new module starts with a line here. */
const modulesBelow = {
  shared: [],
  user: [],
  ballot: ['user'],
  draw: ['ballot', 'user'],
  lottery: ['draw', 'ballot', 'user'],
  verification: [],
  webhook: ['user'],
  pool: ['draw', 'ballot', 'user'],
};

const NODE_CRYPTO = { path: '^(node:)?crypto$', dependencyTypes: ['core'] };
const ANY_NODE_MODULE = { dependencyTypes: ['core'] };
/** Only what package.json lists under dependencies: the image has nothing else. */
const npm = (...names) => ({
  path: `(^|/)node_modules/(@types/)?(${names.join('|')})/`,
  dependencyTypes: ['npm'],
  dependencyTypesNot: ['npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
});
const ANY_DEPENDENCY = npm('[^/]+', '@[^/]+/[^/]+');

const SHARED = {
  domain: '^src/shared/domain/[^/]+$',
  application: '^src/shared/application/[^/]+$',
  infrastructure: '^src/shared/infrastructure/[^/]+$',
};

function allowedIn(name) {
  const domain = `^src/${name}/domain/[^/]+$`;
  const application = `^src/${name}/application/[^/]+$`;
  const infrastructure = `^src/${name}/infrastructure/[^/]+$`;
  const api = `^src/${name}/${name}[.]api[.]ts$`;
  const events = `^src/${name}/${name}[.]events[.]ts$`;
  const wiring = `^src/${name}/${name}[.]module[.]ts$`;

  const doorsBelow = modulesBelow[name].map((below) => `^src/${below}/${below}[.](api|events)[.]ts$`);
  const wiringBelow = [...modulesBelow[name], 'shared'].map((below) => `^src/${below}/${below}[.]module[.]ts$`);
  const domainNeeds = [domain, SHARED.domain];
  const applicationNeeds = [...domainNeeds, application, SHARED.application, api, events, ...doorsBelow];
  const infrastructureNeeds = [...applicationNeeds, infrastructure, SHARED.infrastructure];

  return [
    ...allow(domain, [{ path: domainNeeds }, NODE_CRYPTO]),
    ...allow(events, [{ path: SHARED.domain }]),
    ...allow(api, [{ path: [...domainNeeds, SHARED.application, events, ...doorsBelow] }]),
    ...allow(application, [{ path: applicationNeeds }, NODE_CRYPTO, npm('@nestjs/common')]),
    ...allow(infrastructure, [{ path: infrastructureNeeds }, ANY_NODE_MODULE, ANY_DEPENDENCY]),
    ...allow(wiring, [{ path: [...infrastructureNeeds, ...wiringBelow] }, npm('@nestjs/[^/]+', 'typeorm')]),
  ];
}

function allow(from, targets) {
  return targets.map((to) => ({ from: { path: from }, to }));
}

const migrations = [
  ...allow('^migrations/[^/]+$', [npm('typeorm')]),
  ...allow('^src/data-source[.]ts$', [{ path: '^migrations/[^/]+$' }]),
];

/** The files at the root of src put everything together, so they may know everything. */
const root = allow('^src/[^/]+[.]ts$', [{ path: '^src/' }, ANY_NODE_MODULE, ANY_DEPENDENCY]);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [{ name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } }],
  allowed: [...Object.keys(modulesBelow).flatMap(allowedIn), ...migrations, ...root],
  allowedSeverity: 'error',
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  },
};
