import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { archivedBallot, ArchiveKind } from '../../src/ballot/domain/archived-row';
import { ArchiveFiles } from '../../src/ballot/infrastructure/archive-files';
import type { Range } from '../../src/verification/application/records';
import { meddle } from '../support/meddle';
import { answersTo } from '../support/old-month';
import { rounds, spread } from '../support/rounds';
import { startTestApp } from '../support/test-app';
import { verifyAll } from '../support/verify-all';
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
  let count: ArchiveStage['count'];
  let archivedRows: ArchiveStage['archivedRows'];

  beforeAll(async () => {
    stage = await setArchiveStage();
    ({ folder, database, app, month, urls, before, count, archivedRows } = stage);
    expect(await stage.archive('--before', '2030-05')).toMatchObject({ code: 0 });
  });

  afterAll(() => stage.close());

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
      const all = await files();
      const some = spread(all, rounds({ few: 1, all: all.length }));
      for (const file of some) {
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
      expect([...refused].sort()).toEqual(some.sort());
      const whole = Object.entries(before).filter(([url]) => !url.endsWith('ballots.txt'));
      expect(await answersOfAnother()).toEqual(Object.fromEntries(whole));
    });
  });
});
