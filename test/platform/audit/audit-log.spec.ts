import { TypeOrmUnitOfWork } from '../../../src/platform/database/typeorm-unit-of-work';
import { TypeOrmAuditTrail } from '../../../src/platform/audit/typeorm-audit-trail';
import type { DataSource } from 'typeorm';
import { migrate } from '../../../src/data-source';
import { TypeOrmLog } from '../../../src/platform/transparency/typeorm-log';
import { AuditTrail } from '../../../src/shared/application/audit-trail';
import { UnitOfWork } from '../../../src/shared/application/unit-of-work';
import { Frontier, leafHash } from '../../../src/shared/domain/merkle-tree';
import { verifyNote } from '../../../src/shared/domain/signed-note';
import { addPlayer, adminBearer } from '../../support/players';
import { startTestApp, TestApp } from '../../support/test-app';
import { createTestDatabase } from '../../support/test-database';
import { consistent, rootFromInclusion } from '../../support/verify-proof';
import { refuses } from '../../user/refuses';

const LOG_MIGRATION = 'KeepTheAuditTrailAsALog1764500070000';

describe('the audit log', () => {
  let test: TestApp;
  let admin: string;

  beforeAll(async () => {
    test = await startTestApp();
    admin = await adminBearer(test);
  });

  afterAll(() => test.close());

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const asAdmin = (path: string, { app = test, bearer = admin } = {}) =>
    app.request().get(path).set('authorization', bearer);

  const checkpoint = async (app = test) => {
    const { text } = await app.request().get('/audit/checkpoint').expect(200);
    expect(verifyNote(text, (await app.request().get('/verifier-key')).text.trim())).not.toBeNull();
    const [origin, size, root = ''] = text.split('\n');
    expect(origin).toBe('lottery.test/audit');
    return { size: Number(size), root: Buffer.from(root, 'base64') };
  };

  /** The leaf as docs/operations.md describes it, made from what admins see. */
  const lines = async (size: number, app = test, bearer = admin) => {
    const entries: Record<string, unknown>[] = [];
    for (let cursor = ''; entries.length < size;) {
      const { body } = await asAdmin(`/audit?limit=100${cursor}`, { app, bearer }).expect(200);
      entries.push(...(body.items as Record<string, unknown>[]));
      cursor = `&cursor=${body.nextCursor as string}`;
    }
    return entries
      .toSorted((a, b) => Number(a['index']) - Number(b['index']))
      .map(({ action, actor, at, details, id, subject }, index, all) => {
        expect(all[index]?.['index']).toBe(index);
        const inOrder = Object.entries(details as object).sort(([a], [b]) => (a < b ? -1 : 1));
        return JSON.stringify({ action, actor, at, details: Object.fromEntries(inOrder), id, subject });
      });
  };

  const rootOf = (leaves: readonly string[]) => Frontier.empty.append(leaves.map(leafHash)).frontier.root();

  const act = (subject: string, details = {}) =>
    test.app
      .get(UnitOfWork)
      .run(() => test.app.get(AuditTrail).record({ actor: 'service', action: 'test.happened', subject, details }));

  it('has every act as a leaf, in the order in which they were recorded', async () => {
    const before = await checkpoint();
    const { id } = await addPlayer(test);
    const reason = 'quotes " and \\, Ünïcødé \u{1f3b2}';
    await test.request().post(`/users/${id}/ban`).set('authorization', admin).send({ reason }).expect(204);
    await act('b', { zebra: '1', apple: '\u0001\n\u007f', aa: '3' });
    const { size, root } = await checkpoint();
    expect(size).toBe(before.size + 2);
    expect(rootOf(await lines(size))).toEqual(root);
  });

  it('proves each entry, and that it only grew, at sizes around the borders of its stored subtrees', async () => {
    for (let i = 0; i < 40; i++) await act(`subject ${i}`);
    const { size, root } = await checkpoint();
    const leaves = await lines(size);
    for (const index of [0, 1, 15, 16, 17, 31, 32, size - 1]) {
      const { body } = await asAdmin(`/audit/entries/${index}/proof`).expect(200);
      expect(body).toMatchObject({ index, size, line: leaves[index], checkpoint: expect.any(String) });
      expect(rootFromInclusion(leafHash(body.line as string), index, size, body.proof as string[])).toEqual(root);
    }
    for (const from of [1, 2, 15, 16, 17, 33, size]) {
      const { body } = await test.request().get(`/audit/consistency?from=${from}&to=${size}`).expect(200);
      expect(consistent(from, size, rootOf(leaves.slice(0, from)), root, body.proof as string[])).toBe(true);
    }
  });

  it('shows nobody else what it says', async () => {
    const proof = '/audit/entries/0/proof';
    await refuses(test.request().get(proof), 401, 'auth.token-missing');
    await refuses(asAdmin(proof, { bearer: (await addPlayer(test)).bearer }), 403, 'access.forbidden');
  });

  it('has no proof of what it does not contain', async () => {
    const { size } = await checkpoint();
    await refuses(asAdmin(`/audit/entries/${size}/proof`), 400, 'audit.size-invalid');
    await refuses(asAdmin(`/audit/entries/0/proof?size=${size + 1}`), 400, 'audit.size-invalid');
    await refuses(test.request().get(`/audit/consistency?from=${size}&to=1`), 400, 'audit.size-invalid');
  });

  it('keeps entry and tree together: neither is there without the other', async () => {
    const before = await checkpoint();
    const broken = test.app.get(UnitOfWork).run(async () => {
      await test.app.get(AuditTrail).record({ actor: 'service', action: 'test.happened', subject: 'taken back' });
      throw new Error('the rest of the use case failed');
    });
    await expect(broken).rejects.toThrow('the rest of the use case failed');
    expect(await checkpoint()).toEqual(before);
  });

  it('orders acts of the same moment', async () => {
    const before = await checkpoint();
    await Promise.all(Array.from({ length: 30 }, (_, i) => act(`at once ${i}`)));
    const { size, root } = await checkpoint();
    expect(size).toBe(before.size + 30);
    expect(rootOf(await lines(size))).toEqual(root);
  });

  it('would lose acts of the same moment without its lock', async () => {
    jest.spyOn(TypeOrmLog.prototype, 'lock').mockImplementation(async () => {
      const [row] = await test.database.dataSource.query<[{ size: string; frontier: Buffer }]>(
        'select size, frontier from audit',
      );
      return Frontier.fromBytes(Number(row.size), row.frontier);
    });
    const done = await Promise.allSettled(Array.from({ length: 30 }, (_, i) => act(`at once ${i}`)));
    expect(done.filter(({ status }) => status === 'rejected')).not.toEqual([]);
  });

  it('takes over what was recorded before it was there', async () => {
    const database = await createTestDatabase(null);
    await migrate(database.url);
    const { dataSource } = database;
    while ((await lastMigration(dataSource)) !== LOG_MIGRATION) await dataSource.undoLastMigration();
    await dataSource.undoLastMigration();
    await dataSource.query(`
      insert into audit_entries (id, at, actor, action, subject, details)
      select overlay(gen_random_uuid()::text placing lpad(to_hex(100 - n), 8, '0') from 1)::uuid,
        timestamptz '2026-01-01' + n * interval '1 millisecond', 'service', 'test.happened', n, '{"later": "b", "first": "a"}'
      from generate_series(1, 40) as n`);
    const old = 'lottery.test+6d5e1f0a+AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh';
    await dataSource.query(`insert into verifier_keys values ($1, '2026-01-01T00:00:00.123Z')`, [old]);
    await migrate(database.url);
    const app = await startTestApp({}, database);
    try {
      const { size, root } = await checkpoint(app);
      const leaves = await lines(size, app, await adminBearer(app));
      const subjects = leaves.slice(0, 41).map((line) => (JSON.parse(line) as { subject: string }).subject);
      expect(subjects).toEqual([...Array.from({ length: 40 }, (_, i) => String(40 - i)), 'lottery.test+6d5e1f0a']);
      expect(rootOf(leaves)).toEqual(root);
      const { body } = await app.request().get('/verifier-keys').expect(200);
      const [{ verifierKey, knownSince }] = body.items as [{ verifierKey: string; knownSince: string }];
      expect([verifierKey, knownSince]).toEqual([old, '2026-01-01T00:00:00.123Z']);
    } finally {
      await app.close();
      await database.drop();
    }
  });

  it('waits for another process that takes it over, and for nothing else', async () => {
    const starting = (code: string, sizes: string[]) => {
      const refuse = () => Promise.reject(Object.assign(new Error('canceling statement'), { code }));
      const reader = { query: () => Promise.resolve([{ size: sizes.shift() }]) };
      const work = { reader, run: refuse } as unknown as TypeOrmUnitOfWork;
      return new TypeOrmAuditTrail(work, null!, null!, null!).onModuleInit();
    };
    await expect(starting('55P03', ['0', '0', '41'])).resolves.toBeUndefined();
    await expect(starting('57014', ['0', '41'])).rejects.toThrow('canceling statement');
  });

  async function lastMigration(dataSource: DataSource): Promise<string> {
    const [row] = await dataSource.query<[{ name: string }]>('select name from migrations order by id desc limit 1');
    return row.name;
  }
});
