/**
 * Who may import whom (docs/decisions and CONTRIBUTING.md say why). Allow-lists: an import that no line allows is an error, and
 * so is every import of a module or room that these tables do not know. test/architecture breaks each line on purpose.
 */

/** Each module with those it may use, through their doors only. A new module starts with a line here. */
const modulesBelow = {
  user: [],
  ballot: ['user'],
  draw: ['ballot', 'user'],
  lottery: ['draw', 'ballot', 'user'],
  verification: [],
  webhook: ['user'],
  pool: ['draw', 'ballot', 'user'],
  site: [],
  wallet: ['user'],
};

/** Each room of the platform with the rooms it may use. */
const roomsBelow = {
  context: [],
  errors: [],
  retry: [],
  randomness: [],
  'embedded-postgres': [],
  config: [],
  database: ['config', 'context', 'errors', 'retry'],
  logging: ['config', 'context', 'errors'],
  problems: ['database', 'errors'],
  metrics: ['config', 'errors', 'retry'],
  throttling: ['config'],
  events: ['config', 'database', 'errors', 'retry'],
  objects: [],
  kafka: ['config', 'database', 'errors'],
  browsers: [],
  http: ['browsers', 'config', 'context', 'logging', 'problems', 'throttling'],
  documents: ['http', 'problems'],
  downloads: ['http', 'problems', 'throttling'],
  health: ['database', 'errors', 'http', 'problems', 'retry'],
  audit: ['database', 'http', 'problems', 'transparency'],
  transparency: ['config', 'database', 'http'],
};
/** Rooms that only the composition enters. */
const CLOSED_ROOMS = ['embedded-postgres', 'documents', 'health'];

const NODE_CRYPTO = { path: '^(node:)?crypto$', dependencyTypes: ['core'] };
const ANY_NODE_MODULE = { dependencyTypes: ['core'] };
/** Only what package.json lists under dependencies: the image has nothing else. */
const npm = (...names) => ({
  path: `(^|/)node_modules/(@types/)?(${names.join('|')})/`,
  dependencyTypes: ['npm'],
  dependencyTypesNot: ['npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
});
const ANY_DEPENDENCY = npm('[^/]+', '@[^/]+/[^/]+');

const SHARED = { domain: '^src/shared/domain/[^/]+$', application: '^src/shared/application/[^/]+$' };
const PLATFORM_WIRING = '^src/platform/platform[.]module[.]ts$';
const room = (name) => `^src/platform/${name}/[^/]+$`;
const OPEN_ROOMS = Object.keys(roomsBelow)
  .filter((name) => !CLOSED_ROOMS.includes(name))
  .map(room);

function allowedIn(name) {
  const domain = `^src/${name}/domain/[^/]+$`;
  const application = `^src/${name}/application/[^/]+$`;
  const infrastructure = `^src/${name}/infrastructure/[^/]+$`;
  const door = (kind, module = name) => `^src/${module}/${module}[.]${kind}[.]ts$`;
  const doorsBelow = (...kinds) => modulesBelow[name].flatMap((below) => kinds.map((kind) => door(kind, below)));

  const domainNeeds = [domain, SHARED.domain];
  const applicationNeeds = [
    ...[...domainNeeds, application, SHARED.application],
    ...[door('api'), door('events'), ...doorsBelow('api', 'events')],
  ];
  const infrastructureNeeds = [
    ...[...applicationNeeds, infrastructure, ...OPEN_ROOMS],
    ...[door('views'), ...doorsBelow('views')],
  ];

  return [
    ...allow(domain, [{ path: domainNeeds }, NODE_CRYPTO]),
    ...allow(door('events'), [{ path: SHARED.domain }]),
    ...allow(door('api'), [
      { path: [...domainNeeds, SHARED.application, door('events'), ...doorsBelow('api', 'events')] },
    ]),
    ...allow(door('views'), [{ path: [...domainNeeds, door('api'), room('problems')] }, npm('@nestjs/swagger')]),
    ...allow(application, [{ path: applicationNeeds }, NODE_CRYPTO, npm('@nestjs/common')]),
    ...allow(infrastructure, [{ path: infrastructureNeeds }, ANY_NODE_MODULE, ANY_DEPENDENCY]),
    ...allow(door('module'), [
      { path: [...infrastructureNeeds, ...doorsBelow('module'), PLATFORM_WIRING] },
      npm('@nestjs/[^/]+', 'typeorm'),
    ]),
  ];
}

function allow(from, targets) {
  return targets.map((to) => ({ from: { path: from }, to }));
}

/** Words and ports, which know nothing but each other. */
const shared = [
  ...allow(SHARED.domain, [{ path: SHARED.domain }, NODE_CRYPTO]),
  ...allow(SHARED.application, [{ path: Object.values(SHARED) }, NODE_CRYPTO, npm('@nestjs/common')]),
];

const platform = [
  ...Object.entries(roomsBelow).flatMap(([name, below]) =>
    allow(room(name), [
      { path: [...Object.values(SHARED), ...[name, ...below].map(room)] },
      ANY_NODE_MODULE,
      ANY_DEPENDENCY,
    ]),
  ),
  ...allow(PLATFORM_WIRING, [
    { path: [...Object.values(SHARED), ...Object.keys(roomsBelow).map(room)] },
    npm('@nestjs/[^/]+', 'typeorm'),
  ]),
];

const MIGRATION_LIST = '^migrations/migrations[.]ts$';
const migrations = [
  ...allow('^migrations/[^/]+$', [npm('typeorm')]),
  ...allow(MIGRATION_LIST, [{ path: '^migrations/[0-9]+-[^/]+$' }]),
  ...allow('^src/data-source[.]ts$', [{ path: MIGRATION_LIST }]),
  ...allow('^src/programs/verify-all[.]ts$', [{ path: [MIGRATION_LIST, '^migrations/schema[.]ts$'] }]),
];

/**
 * The pages: they share with the service nothing but its API, and with the verifier its core. The packages are built into
 * what browsers load and into one file for the server, so they are tools.
 */
const WEB = '^web/.+$';
const tool = (...names) => ({ path: `(^|/)node_modules/(${names.join('|')})/`, dependencyTypes: ['npm-dev'] });
const VERIFIER_CORE = '^verifier/core/[^/]+$';
const web = [
  ...allow(WEB, [{ path: [WEB, VERIFIER_CORE] }, tool('preact', 'preact-render-to-string', '@preact/signals')]),
  ...allow('^web/(vite[.]config[.]mts|verify/build-single-file[.]mjs)$', [{ path: '^vite$' }, ANY_NODE_MODULE]),
  ...allow(VERIFIER_CORE, [{ path: VERIFIER_CORE }, npm('@noble/curves')]),
];

/** The composition and the programs put everything together, so they may know everything. */
const composition = allow('^src/([^/]+|programs/[^/]+)[.]ts$', [{ path: '^src/' }, ANY_NODE_MODULE, ANY_DEPENDENCY]);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [{ name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } }],
  allowed: [
    ...[...shared, ...platform, ...Object.keys(modulesBelow).flatMap(allowedIn)],
    ...[...migrations, ...web, ...composition],
  ],
  allowedSeverity: 'error',
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  },
};
