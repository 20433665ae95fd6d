import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { plant, repository, runNode } from './house';

/** An import that leads nowhere is an error too, but would prove nothing about the rule. */
const RESOLVED = /^(src|migrations|test|web|verifier|node_modules|fs$)/;

describe('who may import whom', () => {
  /** [file, what it imports]: each breaks one rule. */
  const forbidden: [file: string, imports: string][] = [
    ['src/user/domain/uses-application.ts', '../application/use-case'],
    ['src/user/domain/uses-infrastructure.ts', '../infrastructure/adapter'],
    ['src/user/domain/uses-own-api.ts', '../user.api'],
    ['src/user/domain/uses-shared-port.ts', '../../shared/application/use-case'],
    ['src/user/domain/uses-shared-adapter.ts', '../../platform/http/adapter'],
    ['src/user/domain/uses-npm.ts', '@nestjs/common'],
    ['src/user/domain/uses-node.ts', 'node:fs'],
    ['src/ballot/domain/uses-api-below.ts', '../../user/user.api'],
    ['src/ballot/domain/uses-domain-below.ts', '../../user/domain/rule'],
    ['src/user/application/uses-infrastructure.ts', '../infrastructure/adapter'],
    ['src/user/application/uses-shared-adapter.ts', '../../platform/http/adapter'],
    ['src/user/application/uses-shared-wiring.ts', '../../platform/platform.module'],
    ['src/user/application/uses-own-wiring.ts', '../user.module'],
    ['src/user/application/uses-typeorm.ts', 'typeorm'],
    ['src/user/application/uses-nest-core.ts', '@nestjs/core'],
    ['src/user/application/uses-node.ts', 'node:fs'],
    ['src/ballot/application/uses-domain-below.ts', '../../user/domain/rule'],
    ['src/ballot/application/uses-application-below.ts', '../../user/application/use-case'],
    ['src/ballot/application/uses-wiring-below.ts', '../../user/user.module'],
    ['src/ballot/application/uses-api-above.ts', '../../draw/draw.api'],
    ['src/ballot/application/uses-events-above.ts', '../../lottery/lottery.events'],
    ['src/ballot/infrastructure/uses-domain-below.ts', '../../user/domain/rule'],
    ['src/ballot/infrastructure/uses-infrastructure-below.ts', '../../user/infrastructure/adapter'],
    ['src/ballot/infrastructure/uses-api-above.ts', '../../draw/draw.api'],
    ['src/ballot/infrastructure/uses-own-wiring.ts', '../ballot.module'],
    ['src/ballot/infrastructure/uses-root.ts', '../../data-source'],
    ['src/ballot/infrastructure/uses-migration.ts', '../../../migrations/1-one'],
    ['src/ballot/infrastructure/uses-dev-dependency.ts', 'supertest'],
    ['src/ballot/infrastructure/uses-unlisted-package.ts', 'unlisted'],
    ['src/ballot/infrastructure/uses-test.ts', '../../../test/support/fake'],
    ['src/user/user.api.ts', './application/use-case'],
    ['src/draw/draw.api.ts', '../lottery/lottery.api'],
    ['src/draw/draw.events.ts', './domain/rule'],
    ['src/user/user.module.ts', '../ballot/ballot.module'],
    ['src/ballot/ballot.module.ts', '../user/infrastructure/adapter'],
    ['src/draw/draw.module.ts', 'pg'],
    ['src/shared/domain/uses-application.ts', '../application/use-case'],
    ['src/shared/application/uses-infrastructure.ts', '../../platform/http/adapter'],
    ['src/shared/application/uses-module.ts', '../../user/user.api'],
    ['src/platform/http/uses-module.ts', '../../user/user.api'],
    ['src/platform/platform.module.ts', '../user/user.module'],
    ['src/user/infrastructure/uses-embedded-postgres.ts', '../../platform/embedded-postgres/adapter'],
    ['src/user/infrastructure/uses-documents.ts', '../../platform/documents/adapter'],
    ['src/user/infrastructure/uses-health.ts', '../../platform/health/adapter'],
    ['src/user/infrastructure/uses-platform-wiring.ts', '../../platform/platform.module'],
    ['src/user/domain/uses-views.ts', '../user.views'],
    ['src/user/application/uses-views.ts', '../user.views'],
    ['src/ballot/application/uses-views-below.ts', '../../user/user.views'],
    ['src/ballot/infrastructure/uses-views-above.ts', '../../draw/draw.views'],
    ['src/draw/draw.views.ts', './infrastructure/adapter'],
    ['src/lottery/lottery.views.ts', '../platform/http/adapter'],
    ['src/jackpot/jackpot.views.ts', '../user/user.api'],
    ['src/user/user.events.ts', './user.views'],
    ['src/platform/context/uses-errors.ts', '../errors/adapter'],
    ['src/platform/errors/uses-context.ts', '../context/adapter'],
    ['src/platform/retry/uses-errors.ts', '../errors/adapter'],
    ['src/platform/randomness/uses-errors.ts', '../errors/adapter'],
    ['src/platform/embedded-postgres/uses-database.ts', '../database/adapter'],
    ['src/platform/config/uses-errors.ts', '../errors/adapter'],
    ['src/platform/config/uses-http.ts', '../http/adapter'],
    ['src/platform/database/uses-events.ts', '../events/adapter'],
    ['src/platform/logging/uses-problems.ts', '../problems/adapter'],
    ['src/platform/problems/uses-http.ts', '../http/adapter'],
    ['src/platform/metrics/uses-events.ts', '../events/adapter'],
    ['src/platform/throttling/uses-http.ts', '../http/adapter'],
    ['src/platform/browsers/uses-http.ts', '../http/adapter'],
    ['src/platform/events/uses-kafka.ts', '../kafka/adapter'],
    ['src/platform/kafka/uses-events.ts', '../events/adapter'],
    ['src/platform/objects/uses-errors.ts', '../errors/adapter'],
    ['src/platform/http/uses-documents.ts', '../documents/adapter'],
    ['src/platform/http/uses-health.ts', '../health/adapter'],
    ['src/platform/documents/uses-health.ts', '../health/adapter'],
    ['src/platform/health/uses-documents.ts', '../documents/adapter'],
    ['src/platform/audit/uses-events.ts', '../events/adapter'],
    ['src/platform/transparency/uses-audit.ts', '../audit/adapter'],
    ['src/platform/http/uses-wiring.ts', '../platform.module'],
    ['src/platform/cellar/uses-errors.ts', '../errors/adapter'],
    ['src/platform/http/uses-cellar.ts', '../cellar/adapter'],
    ['src/shared/application/uses-views.ts', '../../user/user.views'],
    ['src/shared/infrastructure/adapter.ts', '../domain/rule'],
    ['src/jackpot/domain/uses-own-domain.ts', './rule'],
    ['src/jackpot/jackpot.module.ts', '../shared/domain/rule'],
    ['src/user/helpers/uses-own-domain.ts', '../domain/rule'],
    ['src/data-source.ts', '../migrations/1-one'],
    ['src/database-rights.ts', '../migrations/migrations'],
    ['migrations/2-uses-source.ts', '../src/user/domain/rule'],
    ['migrations/2-uses-another.ts', './1-one'],
    ['src/main.ts', 'supertest'],
    ['src/site/infrastructure/uses-web.ts', '../../../web/server'],
    ['src/site/infrastructure/uses-module.ts', '../../user/user.api'],
    ['web/pages/home/uses-source.ts', '../../../src/user/user.api'],
    ['web/client/uses-shared.ts', '../../src/shared/domain/rule'],
    ['web/client/uses-verifier.ts', '../../verifier/verify'],
    ['web/client/uses-npm.ts', 'typeorm'],
    ['web/client/uses-tool.ts', 'supertest'],
    ['web/client/uses-node.ts', 'node:fs'],
  ];
  const allowed: [file: string, imports: string][] = [
    ['src/user/domain/uses-own-domain.ts', './rule'],
    ['src/user/domain/uses-shared-domain.ts', '../../shared/domain/rule'],
    ['src/user/domain/uses-crypto.ts', 'node:crypto'],
    ['src/user/application/uses-own-domain.ts', '../domain/rule'],
    ['src/user/application/uses-own-application.ts', './use-case'],
    ['src/user/application/uses-shared-port.ts', '../../shared/application/use-case'],
    ['src/user/application/uses-nest.ts', '@nestjs/common'],
    ['src/lottery/application/uses-own-api.ts', '../lottery.api'],
    ['src/lottery/application/uses-api-below.ts', '../../user/user.api'],
    ['src/lottery/application/uses-events-below.ts', '../../draw/draw.events'],
    ['src/lottery/infrastructure/uses-own-application.ts', '../application/use-case'],
    ['src/lottery/infrastructure/uses-shared-adapter.ts', '../../platform/http/adapter'],
    ['src/lottery/infrastructure/uses-api-below.ts', '../../ballot/ballot.api'],
    ['src/lottery/infrastructure/uses-views-below.ts', '../../user/user.views'],
    ['src/lottery/infrastructure/uses-own-views.ts', '../lottery.views'],
    ['src/ballot/ballot.views.ts', '../platform/problems/adapter'],
    ['src/platform/http/uses-shared-port.ts', '../../shared/application/use-case'],
    ['src/platform/http/uses-room-below.ts', '../logging/adapter'],
    ['src/platform/database/uses-config.ts', '../config/adapter'],
    ['src/platform/http/uses-npm.ts', 'typeorm'],
    ['src/user/user.views.ts', './domain/rule'],
    ['src/programs/program.ts', '../lottery/infrastructure/adapter'],
    ['src/lottery/infrastructure/uses-npm.ts', 'typeorm'],
    ['src/lottery/infrastructure/uses-node.ts', 'node:fs'],
    ['src/lottery/lottery.api.ts', '../draw/draw.api'],
    ['src/lottery/lottery.module.ts', '../draw/draw.module'],
    ['src/create-app.ts', './lottery/infrastructure/adapter'],
    ['migrations/migrations.ts', './1-one'],
    ['migrations/3-uses-typeorm.ts', 'typeorm'],
    ['web/pages/home/uses-part.ts', '../../parts/layout/layout'],
    ['web/client/uses-verifier-core.ts', '../../verifier/core/verify'],
    ['web/client/uses-preact.ts', 'preact'],
  ];
  const cycle = ['src/user/domain/cycle-one.ts', 'src/user/domain/cycle-two.ts'];
  let house: string;
  let violations: Violation[];

  beforeAll(async () => {
    house = await plant({
      ...emptyHouse(),
      ...Object.fromEntries(forbidden.map(importing)),
      ...Object.fromEntries(allowed.map(importing)),
      ...Object.fromEntries([importing([cycle[0]!, './cycle-two']), importing([cycle[1]!, './cycle-one'])]),
    });
    violations = await cruise(house);
  });

  afterAll(() => rm(house, { recursive: true }));

  it.each(forbidden)('%s must not import %s', (file) => {
    const found = { from: file, to: expect.stringMatching(RESOLVED) as string, rule: 'not-in-allowed' };
    expect(violations).toContainEqual(found);
  });

  it.each(allowed)('%s may import %s', (file) => {
    expect(violations.filter(({ from }) => from === file)).toEqual([]);
  });

  it('nothing imports itself by a detour', () => {
    expect(violations.map(({ from, rule }) => [from, rule])).toContainEqual([cycle[0], 'no-cycle']);
  });

  it('our own sources keep to it', async () => {
    expect(await cruise(repository)).toEqual([]);
  });
});

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: string;
}

const WEB = ['web/server.ts', 'web/parts/layout/layout.ts', 'verifier/verify.ts', 'verifier/core/verify.ts'];

const ROOMS = [
  ...['context', 'errors', 'retry', 'randomness', 'embedded-postgres', 'config', 'database', 'logging', 'problems'],
  ...[
    'metrics',
    'throttling',
    'browsers',
    'events',
    'objects',
    'kafka',
    'http',
    'documents',
    'health',
    'audit',
    'transparency',
    'cellar',
  ],
];

/** Everything that the planted files import, itself without fault. */
function emptyHouse(): Record<string, string> {
  const modules = ['shared', 'user', 'ballot', 'draw', 'lottery', 'site', 'jackpot'];
  const perModule = modules.flatMap((name) => [
    `src/${name}/domain/rule.ts`,
    `src/${name}/application/use-case.ts`,
    `src/${name}/infrastructure/adapter.ts`,
    `src/${name}/${name}.api.ts`,
    `src/${name}/${name}.events.ts`,
    `src/${name}/${name}.views.ts`,
    `src/${name}/${name}.module.ts`,
  ]);
  const platform = [...ROOMS.map((room) => `src/platform/${room}/adapter.ts`), 'src/platform/platform.module.ts'];
  const migrations = ['migrations/migrations.ts', 'migrations/1-one.ts'];
  const sources = [...perModule, ...platform, 'src/data-source.ts', ...migrations, 'test/support/fake.ts', ...WEB];
  const packages = ['@nestjs/common', '@nestjs/core', 'typeorm', 'pg', 'supertest', 'unlisted', 'preact'];
  const installed = packages.flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, ''],
  ]);
  const dependencies = Object.fromEntries(packages.slice(0, 4).map((name) => [name, '1.0.0']));
  const manifest = JSON.stringify({ dependencies, devDependencies: { supertest: '1.0.0', preact: '1.0.0' } });
  return Object.fromEntries([
    ...sources.map((file) => [file, 'export const nothing = 0;']),
    ...installed,
    ['package.json', manifest],
  ]) as Record<string, string>;
}

/** Only for its type, which is forbidden all the same. */
function importing([file, target]: readonly [string, string]): [string, string] {
  return [file, `import type { nothing } from '${target}';\nexport type Nothing = typeof nothing;\n`];
}

async function cruise(house: string): Promise<Violation[]> {
  const config = join(repository, '.dependency-cruiser.cjs');
  const program = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const output = await runNode(
    [program, '--config', config, '--output-type', 'json', 'src', 'migrations', 'web'],
    house,
  );
  const { summary } = JSON.parse(output) as {
    summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
  };
  expect(summary.totalCruised).toBeGreaterThan(50);
  return summary.violations.map(({ from, to, rule }) => ({ from, to, rule: rule.name }));
}
