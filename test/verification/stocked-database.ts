import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveBallots } from '../../src/ballot/application/archive-ballots';
import { ArchiveCatalog } from '../../src/ballot/infrastructure/archive-catalog';
import { ArchiveFiles } from '../../src/ballot/infrastructure/archive-files';
import { TypeOrmArchivableBallots } from '../../src/ballot/infrastructure/typeorm-archivable-ballots';
import { FileObjectStore } from '../../src/platform/objects/file-object-store';
import { SettledDrawsOfOwners } from '../../src/programs/settled-draws';
import { ExpireHolds } from '../../src/wallet/application/expire-holds';
import type { PostLeg } from '../../src/wallet/wallet.api';
import { addPlayers, adminBearer } from '../support/players';
import { playMonth, setClock } from '../support/old-month';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { bet, endOf, gift, post, richPlayers } from '../wallet/ledger-stage';
import { playDatabase, PlayedDatabase } from './played-database';

/** What the archived month has. */
export const OLD = { pools: 6, ballots: 356, entries: 327 };

const DAYS_BACK = 45;
const DAY_MS = 86_400_000;

export interface StockedDatabase extends PlayedDatabase {
  /** Of the month that left the database. */
  readonly archiveDir: string;
}

/** A row or more in every table, and a month in the archive. */
export async function stockDatabase(): Promise<StockedDatabase> {
  const database = await createTestDatabase();
  const archiveDir = await mkdtemp(join(tmpdir(), 'stocked-archive-'));
  await playOldMonth(database, archiveDir);
  const played = await playDatabase(database);
  await peopleAct(played.plain);
  await moveMoney(played.plain);
  await fillWhatPasses(database);
  return { ...played, archiveDir };
}

async function playOldMonth(database: TestDatabase, archiveDir: string): Promise<void> {
  const then = new Date(Date.now() - DAYS_BACK * DAY_MS);
  await database.setClock(then);
  const app = await startTestApp({ ARCHIVE_DIR: archiveDir }, database);
  await setClock(app, then.toISOString());
  await playMonth(app, 20);
  await setClock(app, new Date().toISOString());
  await app.close();
  await database.setClockOffset(0);
  const session = database.dataSource.createQueryRunner();
  const ballots = new TypeOrmArchivableBallots(session);
  const files = new ArchiveFiles(new ArchiveCatalog(session), new FileObjectStore(archiveDir));
  const archive = new ArchiveBallots(ballots, files, new SettledDrawsOfOwners(session));
  const now = new Date();
  for (const unit of await ballots.units(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth())))) {
    await archive.execute(unit, () => undefined);
  }
  await session.release();
}

/** What admins do: each leaves an entry in the audit trail. */
async function peopleAct(app: TestApp): Promise<void> {
  const bearer = await adminBearer(app);
  const send = (method: 'post' | 'put', path: string, body: object = {}) =>
    app.request()[method](path).set('authorization', bearer).send(body);
  const [raised, banned, pardoned] = await addPlayers(app, 3);
  await send('put', `/users/${raised!.id}/role`, { role: 'admin' }).expect(200);
  await send('post', `/users/${banned!.id}/ban`, { reason: 'three accounts' }).expect(204);
  await send('post', `/users/${pardoned!.id}/ban`).expect(204);
  await send('post', `/users/${pardoned!.id}/unban`).expect(204);
  const credentials = { username: 'somebody', password: 'a password of length' };
  await app.request().post('/auth/register').send(credentials).expect(201);
  await app
    .request()
    .post('/auth/login')
    .send({ ...credentials, password: 'another of length' })
    .expect(401);
  await app.request().post('/auth/login').send(credentials).expect(200);
  const webhook = await send('post', '/webhooks', { url: 'https://receiver.example/hook', types: ['*'] }).expect(201);
  await send('post', `/webhooks/${(webhook.body as { id: string }).id}/secret`).expect(201);
}

/** Gifts, and bets that are open, won, lost and late, in several batches. */
async function moveMoney(app: TestApp): Promise<void> {
  const [ann, bob, newcomer] = (await richPlayers(app, 3, 1_000n)) as [string, string, string];
  const [poor] = (await richPlayers(app, 1, 0n)) as [string];
  const given = gift(ann, bob, 10n);
  const bets = Array.from({ length: 4 }, (_, i) => bet(ann, BigInt(10 + i)));
  const [won, lost, late] = bets as [PostLeg, PostLeg, PostLeg];
  const [{ now }] = await app.database.dataSource.query<[{ now: Date }]>('select database_time() as now');
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const expiring = { ...late, expiresAt: inMinutes(1) };
  const answers = [
    ...(await post(app, [given, gift(ann, newcomer, 7n)], [{ ...gift(bob, ann, 1n), note: 'thanks' }])),
    ...(await post(app, ...[won, lost, expiring, bets[3]!].map((one) => [one]))),
    ...(await post(app, [endOf(won, 'post', 9n)], [endOf(lost, 'void')])),
    ...(await post(app, [{ ...gift(bob, ann, 4n), reason: 'reversal', causeId: given.id }])),
    ...(await post(app, ...Array.from({ length: 20 }, () => [gift(ann, newcomer, 1n)]))),
    ...(await post(app, [gift(ann, poor, 5n)], [gift(poor, ann, 3n)], [gift(poor, ann, 1n)])),
  ];
  expect(new Set(answers)).toEqual(new Set(['ok']));
  await app.database.setClock(inMinutes(2));
  await app.app.get(ExpireHolds, { strict: false }).execute(new AbortController().signal);
}

/** What comes and goes with messages, and counters as BALLOTS_PER_PLAYER keeps them. */
async function fillWhatPasses({ dataSource }: TestDatabase): Promise<void> {
  await dataSource.query(`
    insert into webhook_deliveries (id, webhook_id, message_id, type, body, status, attempts, created_at, next_attempt_at)
    select gen_random_uuid(), id, gen_random_uuid(), 'lottery.drawn', '{}', 'pending', 1, now(), now() from webhooks`);
  await dataSource.query(`
    insert into ballot_counts (draw_id, user_id, counted_to, ballots)
    select draw_id, user_id, max(index) + 1, count(*) from ballots group by draw_id, user_id`);
}
