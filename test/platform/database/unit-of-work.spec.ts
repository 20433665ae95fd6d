import { TypeOrmUnitOfWork } from '../../../src/platform/database/typeorm-unit-of-work';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

describe('unit of work', () => {
  let database: TestDatabase;
  let work: TypeOrmUnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
    work = new TypeOrmUnitOfWork(database.dataSource);
    await database.dataSource.query('create table notes (id int primary key, text text)');
  });

  afterAll(() => database.drop());
  beforeEach(() => database.dataSource.query('truncate notes'));

  const write = (id: number, text = '') => work.writer.query('insert into notes values ($1, $2)', [id, text]);
  const ids = async () =>
    (await work.reader.query<{ id: number }[]>('select id from notes order by id')).map(({ id }) => id);

  it('keeps everything or nothing', async () => {
    await work.run(async () => {
      await write(1);
      await write(2);
    });
    await expect(
      work.run(async () => {
        await write(3);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await ids()).toEqual([1, 2]);
  });

  it('joins the unit that runs already', async () => {
    await expect(
      work.run(async () => {
        await work.run(() => write(1));
        expect(await ids()).toEqual([1]);
        throw new Error('the outer unit fails');
      }),
    ).rejects.toThrow('outer');
    expect(await ids()).toEqual([]);
  });

  it('is alone where it must not join', async () => {
    await expect(
      work.run(async () => {
        await write(1);
        await work.runAlone(() => write(2));
        throw new Error('the outer unit fails');
      }),
    ).rejects.toThrow('outer');
    expect(await ids()).toEqual([2]);
  });

  it('refuses to write outside', () => {
    expect(() => work.writer).toThrow('within a unit of work');
  });

  it('keeps units that run at once apart', async () => {
    await Promise.allSettled(
      Array.from({ length: 20 }, (_, id) =>
        work.run(async () => {
          await write(id);
          if (id % 2 === 1) throw new Error('odd');
        }),
      ),
    );
    expect(await ids()).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  });

  it('runs the whole work again after a deadlock', async () => {
    await work.run(async () => {
      await write(1, 'a');
      await write(2, 'b');
    });
    let attempts = 0;
    const lockBoth = (first: number, second: number) =>
      work.run(async () => {
        attempts++;
        await work.writer.query('update notes set text = text || $2 where id = $1', [first, `${first}`]);
        await new Promise((done) => setTimeout(done, 100));
        await work.writer.query('update notes set text = text || $2 where id = $1', [second, `${first}`]);
      });
    await Promise.all([lockBoth(1, 2), lockBoth(2, 1)]);
    const texts = await work.reader.query<{ text: string }[]>('select text from notes order by id');
    expect(texts.map(({ text }) => text.slice(1).split('').toSorted().join(''))).toEqual(['12', '12']);
    expect(attempts).toBe(3);
  }, 20_000);

  it('gives up after three attempts', async () => {
    let attempts = 0;
    const conflict = work.run(async () => {
      attempts++;
      await work.writer.query(`do $$ begin raise exception 'again' using errcode = 'serialization_failure'; end $$`);
    });
    await expect(conflict).rejects.toThrow('again');
    expect(attempts).toBe(3);
  });
});
