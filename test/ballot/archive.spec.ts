import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { archivedBallot, ArchiveKind } from '../../src/ballot/domain/archived-row';
import { ArchiveFiles } from '../../src/ballot/infrastructure/archive-files';
import { TypeOrmArchivableBallots } from '../../src/ballot/infrastructure/typeorm-archivable-ballots';
import type { Range } from '../../src/verification/application/records';
import { submit } from '../support/lottery-client';
import { addPlayer } from '../support/players';
import { answersTo, OldMonth, playMonth, questionsAbout, runArchiver, setClock } from '../support/old-month';
import { buildService } from '../support/service-process';
import { meddle } from '../support/meddle';
import { pause } from '../support/pause';
import { verifyAll } from '../support/verify-all';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

describe('the archive of old ballots', () => {
  let folder: string;
  let database: TestDatabase;
  let app: TestApp;
  let month: OldMonth;
  let urls: string[];
  let before: Record<string, unknown>;

  beforeAll(async () => {
    await buildService();
    folder = await mkdtemp(join(tmpdir(), 'ballot-archive-'));
    database = await createTestDatabase();
    await database.setClock(new Date('2030-03-10T12:00:00Z'));
    app = await startTestApp({ ARCHIVE_DIR: folder }, database);
    month = await playMonth(app);
    await setClock(app, '2030-05-02T12:00:00Z');
    urls = await questionsAbout(app, month);
    before = await answersTo(app, urls);
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const archive = (...given: string[]) => runArchiver({ DATABASE_URL: database.url, ARCHIVE_DIR: folder }, ...given);

  const count = async (statement: string): Promise<number> => {
    const [row] = await database.dataSource.query<[{ count: string }]>(`select count(*) from ${statement}`);
    return Number(row.count);
  };

  /** Those of the first file of the month's ballots, read with nothing but gunzip. */
  const archivedRows = async (): Promise<string[]> => {
    const [unit = ''] = (await readdir(folder)).filter((name) => name.startsWith('2030-03-'));
    const manifest = JSON.parse(await readFile(join(folder, unit, 'manifest.json'), 'utf8')) as {
      files: { file: string; rows: number }[];
    };
    const rows = gunzipSync(await readFile(join(folder, manifest.files[0]!.file)))
      .toString()
      .trimEnd()
      .split('\n');
    expect(rows).toHaveLength(manifest.files[0]!.rows);
    return rows;
  };

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

  it('leaves in the database the last checkpoint of each log, the subtrees, and no idempotency key', async () => {
    const old = `draw_id < first_draw_id('2030-04-01Z') and (sealed_at is not null or closes_at is not null)`;
    expect(await count(`ballot_idempotency_keys join ballot_logs using (draw_id) where ${old}`)).toBe(0);
    expect(await count(`ballot_checkpoints join ballot_logs as log using (draw_id) where ${old}`)).toBe(
      await count(`ballot_logs where ${old}`),
    );
    const subtrees = `ballot_subtrees join ballot_logs using (draw_id) where ${old}`;
    expect(await count(`${subtrees} and level = 1`)).toBe(0);
    expect(await count(`${subtrees} and level = 2`)).toBe(10);
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

  describe('under verify:all', () => {
    const verify = async (range?: Range, archiveDir = folder) => {
      const { text: key } = await app.request().get('/verifier-key').expect(200);
      return verifyAll({ url: database.url, key: key.trim(), archiveDir, ...(range ? { range } : {}) });
    };

    it('is read like the rest, and all holds', async () => {
      const { fault, tally } = await verify();
      expect(fault).toBeNull();
      const [{ sum }] = await database.dataSource.query<[{ sum: string }]>('select sum(size) from ballot_logs');
      expect([tally.counts.draws, tally.counts.ballots]).toEqual([await count('draws'), Number(sum)]);
    });

    it('is read as far as it is asked for', async () => {
      const { fault, tally } = await verify({ from: month.large, to: month.large });
      expect(fault).toBeNull();
      expect([tally.counts.draws, tally.counts.ballots]).toEqual([1, 2_500]);
    });

    it('cannot be checked where it is not there, which accuses nobody', async () => {
      await expect(verify(undefined, join(folder, 'elsewhere'))).rejects.toThrow('ENOENT');
    });

    const changes: [string, ArchiveKind, (row: string) => string, string][] = [
      ['another player', 'ballots', (row) => row.replace(/ [0-9a-f]{32} /, ` ${'0'.repeat(32)} `), 'root'],
      ['another user', 'ballots', (row) => `${row.slice(0, -36)}00000000-0000-7000-8000-000000000000`, 'player'],
      ['another checkpoint', 'checkpoints', (row) => row.replace('lottery.test', 'lottery.tesu'), 'checkpoints'],
      ['a second checkpoint of a size', 'checkpoints', (row) => row.replace(/ \d+ /, ' 500 '), 'checkpoints'],
      ['another place for an id', 'ids', (row) => `${row}0`, 'archive'],
      ['another id', 'ids', (row) => `${row.slice(0, 35)}${row[35] === '0' ? '1' : '0'}${row.slice(36)}`, 'archive'],
      ['an index with a zero before it', 'ballots', (row) => row.replace(' 7 ', ' 07 '), 'archive'],
      ['an index that is none', 'ballots', (row) => row.replace(' 7 ', ' x '), 'archive'],
    ];

    it.each(changes)('has a fault where it says %s, whatever its hashes say', async (_, kind, change, step) => {
      const { rows } = ArchiveFiles.prototype;
      jest.spyOn(ArchiveFiles.prototype, 'rows').mockImplementation(async function* (this: ArchiveFiles, unit, of) {
        for await (const some of rows.call(this, unit, of)) {
          yield of === kind ? some.map((row, i) => (i === 7 ? change(row) : row)) : some;
        }
      });
      const { fault } = await verify().finally(() => jest.restoreAllMocks());
      expect(fault).toMatchObject({ step });
      expect(fault?.subject).toMatch(step === 'archive' ? 'the archive of ballots_2030_03' : `lottery ${month.large}`);
    });

    const large = `(select draw_id from lotteries where date = '$large')`;
    const march = `name = 'ballots_2030_03'`;
    const edits: [what: string, edit: string, undo: string, step: string][] = [
      [
        'another first key of a block',
        'update ballot_archive_blocks set first_number = first_number + 1',
        'update ballot_archive_blocks set first_number = first_number - 1',
        'archive',
      ],
      [
        'another number of ballots of a month',
        `update ballot_partitions set ballots = ballots + 1 where ${march}`,
        `update ballot_partitions set ballots = ballots - 1 where ${march}`,
        'archive',
      ],
      [
        'another first ballot of a month',
        `update ballot_partitions set first_ballot =
           overlay(first_ballot::text placing translate(right(first_ballot::text, 1), '0123456789abcdef', '123456789abcdef0') from 36)::uuid
         where ${march}`,
        `update ballot_partitions set first_ballot = (select min(first_id::text)::uuid from ballot_archive_blocks
           where partition_name = name and kind = 'ids') where ${march}`,
        'archive',
      ],
      [
        'a wrong hash of 16 ballots, of which none needs be there',
        `insert into ballot_subtrees select ${large}, 1, 3, sha256('')`,
        `delete from ballot_subtrees where draw_id = ${large} and level = 1`,
        'subtrees',
      ],
    ];

    it.each(edits)('has a fault where the database has %s', async (_, edit, undo, step) => {
      await meddle(database.dataSource, edit.replace('$large', month.large));
      const { fault } = await verify();
      await meddle(database.dataSource, undo.replace('$large', month.large));
      expect(fault).toMatchObject({ step });
      expect((await verify()).fault).toBeNull();
    });

    it('has a fault where the database has one of its ballots, too, though it be the same', async () => {
      const { drawId, index, id, userId, player, submittedAt } = archivedBallot((await archivedRows())[0]!);
      const insert = `insert into ballots values ($1, $2, $3, $4, decode($5, 'hex'), $6)`;
      await meddle(database.dataSource, insert, [drawId, index, id, userId, player, submittedAt]);
      const { fault } = await verify();
      await meddle(database.dataSource, 'delete from ballots where draw_id = $1', [drawId]);
      expect(fault?.reason).toBe('it is in the database and in the archive');
      expect((await verify()).fault).toBeNull();
    });
  });

  it('can be read with nothing but gunzip', async () => {
    const rows = await archivedRows();
    const { text } = await app.request().get(`/lotteries/${month.large}/ballots.txt`).expect(200);
    expect(
      rows
        .slice(0, 2_500)
        .map((row) => `${row.split(' ').slice(1, -1).join(' ')}\n`)
        .join(''),
    ).toBe(text);
  });

  describe('that was tampered with', () => {
    const files = async (): Promise<string[]> => {
      const names = await readdir(folder, { recursive: true });
      return names.filter((name) => name.endsWith('.gz')).map((name) => join(folder, name));
    };

    /** All answers of a service that has read nothing yet. */
    const answersOfAnother = async (): Promise<Record<string, unknown>> => {
      const another = await startTestApp({ ARCHIVE_DIR: folder, LOG_LEVEL: 'error' }, database);
      const answers = await answersTo(
        another,
        urls.filter((url) => !url.endsWith('ballots.txt')),
      );
      await another.app.close();
      return answers;
    };

    const faults: [string, (content: Buffer) => Buffer | null][] = [
      [
        'has another byte',
        (content) => Buffer.from(content.map((byte, i) => (i === 5_000 % content.length ? byte ^ 1 : byte))),
      ],
      ['is cut off', (content) => content.subarray(0, 100)],
      ['is gone', () => null],
    ];

    it.each(faults)('never gives another answer where a file %s', async (_, spoil) => {
      const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
      const outputs = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
      const refused = new Set<string>();
      for (const file of await files()) {
        const content = await readFile(file);
        await rename(file, `${file}.kept`);
        const spoilt = spoil(content);
        if (spoilt) await writeFile(file, spoilt);
        for (const [url, answer] of Object.entries(await answersOfAnother())) {
          const { status, text } = answer as { status: number; text: string };
          if (status === 503) refused.add(file);
          if (status === 503) expect(text).toContain('"code":"ballot.archive-unavailable"');
          else expect(answer).toEqual(before[url]);
        }
        await rename(`${file}.kept`, file);
      }
      errors.mockRestore();
      outputs.mockRestore();
      expect([...refused].sort()).toEqual((await files()).sort());
      const whole = Object.entries(before).filter(([url]) => !url.endsWith('ballots.txt'));
      expect(await answersOfAnother()).toEqual(Object.fromEntries(whole));
    });
  });
});
