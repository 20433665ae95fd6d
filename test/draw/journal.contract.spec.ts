import type { Journal } from '../../src/draw/application/journal';
import { TypeOrmJournal } from '../../src/draw/infrastructure/typeorm-journal';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import type { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { FakeUnitOfWork } from '../shared/fakes';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { FakeJournal } from './fakes';

interface Subject {
  readonly journal: Journal;
  readonly work: UnitOfWork;
}

describe.each(['the fake', 'PostgreSQL'])('a journal in %s', (kind) => {
  let database: TestDatabase | undefined;
  let journal: Journal;
  let work: UnitOfWork;

  beforeEach(async () => {
    ({ journal, work } = kind === 'PostgreSQL' ? await inPostgres() : inMemory());
  });

  afterEach(() => database?.drop());

  const bodies = Array.from({ length: 40 }, (_, i) => `statement ${i}\n`);
  const leaves = bodies.map(leafHash);
  const treeOf = (count: number) => Frontier.empty.append(leaves.slice(0, count)).frontier;

  const append = (from: number, to: number, statements = bodies.slice(from, to)) =>
    work.run(async () => {
      const hashes = leaves.slice(from, to);
      const { frontier, completed } = (await journal.lock()).append(hashes);
      const checkpoint = `the checkpoint of ${frontier.size}`;
      await journal.append({ frontier, statements, hashes, completed, checkpoint });
    });

  it('begins empty', async () => {
    expect(await journal.size()).toBe(0);
    expect(await work.run(() => journal.lock())).toEqual(Frontier.empty);
    expect(await journal.entries(0, 10)).toEqual([]);
    expect(await journal.checkpointAt(0)).toBeNull();
  });

  it('grows by what is appended, in its order', async () => {
    await append(0, 1);
    await append(1, 40);
    expect(await journal.size()).toBe(40);
    expect((await work.run(() => journal.lock())).root()).toEqual(treeOf(40).root());
    expect(await journal.entries(0, 100)).toEqual(bodies.map((statement, index) => ({ index, statement })));
  });

  it('gives entries from an index on, as many as are asked for', async () => {
    await append(0, 40);
    expect((await journal.entries(3, 2)).map(({ index }) => index)).toEqual([3, 4]);
    expect((await journal.entries(39, 2)).map(({ index }) => index)).toEqual([39]);
    expect(await journal.entries(40, 2)).toEqual([]);
  });

  it('gives one entry at least, and no more than a megabyte before the last', async () => {
    const long = Array.from({ length: 4 }, (_, i) => `${i} ${'x'.repeat(600_000)}\n`);
    await append(0, 4, long);
    expect((await journal.entries(0, 10)).map(({ index }) => index)).toEqual([0, 1]);
    expect((await journal.entries(1, 1)).map(({ index }) => index)).toEqual([1]);
    expect((await journal.entries(3, 10)).map(({ index }) => index)).toEqual([3]);
  });

  it('has the checkpoint of each append and no other', async () => {
    await append(0, 1);
    await append(1, 40);
    expect(await journal.checkpointAt(1)).toBe('the checkpoint of 1');
    expect(await journal.checkpointAt(40)).toBe('the checkpoint of 40');
    expect(await journal.checkpointAt(2)).toBeNull();
  });

  it('has the hashes of leaves and of completed subtrees, span by span', async () => {
    await append(0, 10);
    await append(10, 40);
    const spans = [
      { level: 1, start: 0, end: 2 },
      { level: 0, start: 32, end: 40 },
      { level: 0, start: 7, end: 8 },
    ];
    const found = await journal.hashes(spans);
    const subtree = (index: number) => Frontier.empty.append(leaves.slice(16 * index, 16 * index + 16)).frontier.root();
    expect(spans.map((span) => found.get(span))).toEqual([
      [subtree(0), subtree(1)],
      leaves.slice(32, 40),
      leaves.slice(7, 8),
    ]);
  });

  it('fails where a hash is asked for that it does not have', async () => {
    await append(0, 20);
    await expect(journal.hashes([{ level: 0, start: 19, end: 21 }])).rejects.toThrow('stored');
    await expect(journal.hashes([{ level: 1, start: 1, end: 2 }])).rejects.toThrow('stored');
  });

  it('is as before when the unit of work fails', async () => {
    await append(0, 3);
    const failing = work.run(async () => {
      await append(3, 20);
      throw new Error('too late');
    });
    await expect(failing).rejects.toThrow('too late');
    expect(await journal.size()).toBe(3);
    expect(await journal.entries(3, 1)).toEqual([]);
    expect(await journal.checkpointAt(20)).toBeNull();
  });

  function inMemory(): Subject {
    const fake = new FakeJournal();
    return { journal: fake, work: new FakeUnitOfWork([fake]) };
  }

  async function inPostgres(): Promise<Subject> {
    database = await createTestDatabase();
    const unitOfWork = new TypeOrmUnitOfWork(database.dataSource);
    return { journal: new TypeOrmJournal(unitOfWork), work: unitOfWork };
  }
});
