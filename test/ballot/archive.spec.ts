import { readdir } from 'node:fs/promises';
import { TypeOrmArchivableBallots } from '../../src/ballot/infrastructure/typeorm-archivable-ballots';
import { submit } from '../support/lottery-client';
import { meddle } from '../support/meddle';
import { answersTo } from '../support/old-month';
import { pause } from '../support/pause';
import { addPlayer } from '../support/players';
import { startTestApp } from '../support/test-app';
import { ArchiveStage, setArchiveStage } from './archive-stage';

jest.setTimeout(180_000);

describe('the archive of old ballots', () => {
  let stage: ArchiveStage;
  let folder: ArchiveStage['folder'];
  let database: ArchiveStage['database'];
  let app: ArchiveStage['app'];
  let month: ArchiveStage['month'];
  let urls: ArchiveStage['urls'];
  let before: ArchiveStage['before'];
  let archive: ArchiveStage['archive'];
  let count: ArchiveStage['count'];

  beforeAll(async () => {
    stage = await setArchiveStage();
    ({ folder, database, app, month, urls, before, archive, count } = stage);
  });

  afterAll(() => stage.close());

  it('is explained', async () => {
    const { code, stdout } = await archive('--help');
    expect([code, stdout]).toEqual([0, expect.stringContaining('npm run archive -- --before <YYYY-MM>')]);
  });

  it.each([[[]], [['--before', '2030']], [['--before', '2030-13']], [['--before', '2031-01']], [['--all']]])(
    'is not called like %j',
    async (given) => {
      const { code, stderr } = await archive(...given);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/./)]);
    },
  );

  it('changes nothing when it only shows what it would do', async () => {
    const { code, stdout } = await archive('--before', '2030-05', '--dry-run');
    expect([code, stdout]).toEqual([0, expect.stringContaining('ballots_2030_03: 2829 ballots would be archived in')]);
    expect(await readdir(folder)).toEqual([]);
    expect(await count('ballots')).toBe(2_836);
  });

  /** As who means to: without the triggers that refuse it. */
  const unguarded = (sql: string, parameters: unknown[] = []) =>
    database.dataSource.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      await manager.query(sql, parameters);
    });

  it('leaves a month alone that has a draw without a result', async () => {
    const { dataSource } = database;
    const decided = `select id, draw_note, drawn_at, winner_indexes from draws where draw_note is not null limit 1`;
    const [draw] = await dataSource.query<[{ id: string }]>(decided);
    const set = 'update draws set draw_note = $2, drawn_at = $3, winner_indexes = $4 where id = $1';
    await unguarded(set, [draw.id, null, null, null]);
    const { code, stdout } = await archive('--before', '2030-05');
    await unguarded(set, Object.values(draw));
    expect([code, stdout]).toEqual([3, expect.stringContaining(`draw ${draw.id} is neither drawn nor void`)]);
    expect(await count('ballots')).toBe(2_836);
  });

  it('keeps what was changed behind the back of its draw: the sealed root does not come out', async () => {
    const { dataSource } = database;
    const flip = `update ballots set player = set_byte(player, 3, 255 - get_byte(player, 3)) where index = 1234`;
    await unguarded(flip);
    const { code, stderr } = await archive('--before', '2030-05');
    expect([code, stderr]).toEqual([1, expect.stringContaining('but was sealed with')]);
    expect(await count('ballots')).toBe(2_836);
    await unguarded(flip);
    await dataSource.query('delete from ballot_archive_blocks');
    await dataSource.query('delete from ballot_archive_files');
  });

  it('lets one archiver work', async () => {
    const session = database.dataSource.createQueryRunner();
    await session.query('select pg_advisory_lock($1)', [0x10_77_e3]);
    const { code, stdout } = await archive('--before', '2030-05');
    await session.query('select pg_advisory_unlock($1)', [0x10_77_e3]);
    await session.release();
    expect([code, stdout]).toEqual([75, 'Another archiver is at work.\n']);
  });

  it('drops nothing while the table is in use, and says so in the end', async () => {
    const [reader, session] = [database.dataSource.createQueryRunner(), database.dataSource.createQueryRunner()];
    await reader.startTransaction();
    await reader.query('lock table ballots in access share mode');
    const ballots = new TypeOrmArchivableBallots(session, 2);
    const [unit] = await ballots.units(new Date('2030-04-01T00:00:00Z'));
    const handOver = ballots.handOver(unit!, {
      ballots: await ballots.count(unit!, 'ballots'),
      firstBallot: null,
      lastBallot: null,
    });
    await expect(handOver).rejects.toThrow(`${unit!.name} was in use all the time`);
    await reader.rollbackTransaction();
    await Promise.all([reader.release(), session.release()]);
    expect(await count(`ballot_partitions where archived_at is null and name = '${unit!.name}'`)).toBe(1);
  });

  it('drops nothing where the month has other ballots than were archived, or a log that is open', async () => {
    const session = database.dataSource.createQueryRunner();
    const ballots = new TypeOrmArchivableBallots(session, 5);
    const [unit] = await ballots.units(new Date('2030-04-01T00:00:00Z'));
    const [stored, rows] = [await ballots.count(unit!, 'ballots'), await count('ballots')];
    const handOver = (archived: number) =>
      ballots.handOver(unit!, { ballots: archived, firstBallot: null, lastBallot: null });
    await expect(handOver(stored - 1)).rejects.toThrow('has changed since it was archived');
    const open = `draw_id = (select draw_id from lotteries where date = '${month.empty}')`;
    const [{ sealed_at: sealedAt }] = await database.dataSource.query(
      `select sealed_at from ballot_logs where ${open}`,
    );
    await meddle(database.dataSource, `update ballot_logs set sealed_at = null where ${open}`);
    await expect(handOver(stored)).rejects.toThrow('has changed since it was archived');
    await meddle(database.dataSource, `update ballot_logs set sealed_at = $1 where ${open}`, [sealedAt]);
    const writer = database.dataSource.createQueryRunner();
    await writer.startTransaction();
    await writer.query('set local session_replication_role = replica');
    await writer.query(`lock table "${unit!.name}" in row exclusive mode`);
    await writer.query(`update ballot_logs set size = size + 1 where ${open}`);
    const beside = expect(handOver(stored)).rejects.toThrow('has changed since it was archived');
    await pause(100);
    await writer.commitTransaction();
    await beside;
    await meddle(database.dataSource, `update ballot_logs set size = size - 1 where ${open}`);
    await Promise.all([writer.release(), session.release()]);
    expect(await count('ballots')).toBe(rows);
  });

  it('is filled while people ask and play, and nobody notices', async () => {
    let isOver = false;
    const asked: string[] = [];
    const differing: string[] = [];
    const reader = async (first: number): Promise<void> => {
      for (let i = first; !isOver; i++) {
        const url = urls[i % urls.length]!;
        const answer = (await answersTo(app, [url]))[url];
        asked.push(url);
        if (JSON.stringify(answer) !== JSON.stringify(before[url])) differing.push(url);
      }
    };
    const somebody = await addPlayer(app);
    const player = async (): Promise<void> => {
      while (!isOver) await submit(app, 'today', somebody).expect(201);
    };
    const busy = [reader(0), reader(20), reader(40), player()];
    const { code, stdout } = await archive('--before', '2030-05');
    isOver = true;
    await Promise.all(busy);
    expect([code, stdout]).toEqual([0, expect.stringContaining('ballots_2030_03: 2829 ballots are archived in')]);
    expect(asked.length).toBeGreaterThan(20);
    expect(differing).toEqual([]);
  });

  it('gives every answer that the database gave, to every replica', async () => {
    expect(await count(`pg_class where relname = 'ballots_2030_03'`)).toBe(0);
    // What is left is the pool that is still open.
    expect(await count(`ballots where draw_id < first_draw_id('2030-04-01Z')`)).toBe(7);
    expect(await count(`ballots_default`)).toBe(7);
    expect(await answersTo(app, urls)).toEqual(before);
    const replica = await startTestApp({ ARCHIVE_DIR: folder }, database);
    expect(await answersTo(replica, urls)).toEqual(before);
    await replica.app.close();
  });

  it('knows no ballot that there never was', async () => {
    await app.request().get('/ballots/019e0000-0000-7000-8000-000000000000').expect(404);
    await app.request().get('/ballots/ffffffff-0000-7000-8000-000000000000').expect(404);
  });

  it('leaves in the database the last checkpoint of each log, the subtrees, no key and no counter', async () => {
    const old = `draw_id < first_draw_id('2030-04-01Z') and (sealed_at is not null or closes_at is not null)`;
    expect(await count(`ballot_idempotency_keys join ballot_logs using (draw_id) where ${old}`)).toBe(0);
    expect(await count(`ballot_checkpoints join ballot_logs as log using (draw_id) where ${old}`)).toBe(
      await count(`ballot_logs where ${old}`),
    );
    const subtrees = `ballot_subtrees join ballot_logs using (draw_id) where ${old}`;
    expect(await count(`${subtrees} and level = 1`)).toBe(0);
    expect(await count(`${subtrees} and level = 2`)).toBe(10);
    expect(await count(`ballot_counts join ballot_logs using (draw_id) where ${old}`)).toBe(0);
    expect(await count(`ballot_counts join ballot_logs using (draw_id) where not (${old})`)).toBeGreaterThan(0);
  });

  it('has nothing left to do', async () => {
    const { code, stdout } = await archive('--before', '2030-05');
    expect([code, stdout]).toEqual([0, 'There is nothing to archive.\n']);
  });

  it('has no idempotency keys: what is sent again makes no second ballot of the old lottery, nor a list of old ones', async () => {
    const { bearer, value: key } = month.key;
    const post = (date: string) =>
      app.request().post(`/lotteries/${date}/ballots`).set({ authorization: bearer, 'idempotency-key': key });
    const { body: refusal } = await post(month.small).expect(409);
    expect(refusal).toMatchObject({ code: 'ballot.closed' });
    const { body: ballot } = await post('today').expect(201);
    const { body: again } = await post('today').expect('idempotent-replayed', 'true').expect(201);
    expect(again).toEqual(ballot);
    const { body: own } = await app.request().get('/users/me/ballots').set({ authorization: bearer }).expect(200);
    expect(own).toMatchObject({ items: [{ id: ballot.id }], nextCursor: null });
  });
});
