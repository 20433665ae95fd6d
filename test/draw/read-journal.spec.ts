import { MakeStatement } from '../../src/draw/application/make-statement';
import { ReadJournal } from '../../src/draw/application/read-journal';
import { JournalSizeInvalid } from '../../src/draw/domain/errors';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { noteBody } from '../../src/shared/domain/signed-note';
import { FakeSigner } from '../shared/fakes';
import { consistent, rootFromInclusion } from '../support/verify-proof';
import { FakeJournal } from './fakes';

const KEY_1 = new FakeSigner('key 1');
const bodies = Array.from({ length: 20 }, (_, i) => `statement ${i}\n`);
const rootOf = (count: number) => Frontier.empty.append(bodies.slice(0, count).map(leafHash)).frontier.root();

let journal: FakeJournal;
let statements: MakeStatement;

beforeEach(() => {
  journal = new FakeJournal();
  statements = new MakeStatement(journal, new FakeSigner('key 2', KEY_1));
});

describe('make statements', () => {
  it('signs each and enters each in the journal, in their order', async () => {
    const notes = await statements.execute(['one\n', 'two\n']);
    expect(notes).toEqual(['one\n\n— lottery.test key 2\n', 'two\n\n— lottery.test key 2\n']);
    await statements.execute(['three\n']);
    expect(await journal.entries(0, 10)).toEqual([
      { index: 0, statement: 'one\n' },
      { index: 1, statement: 'two\n' },
      { index: 2, statement: 'three\n' },
    ]);
  });

  it('signs what belongs to an open note with the key of that note', async () => {
    const [note] = await statements.execute(['seal\n'], [KEY_1.sign('open\n')]);
    expect(note).toBe(KEY_1.sign('seal\n'));
  });

  it('signs one checkpoint of the new size with the current key', async () => {
    await statements.execute(bodies.slice(0, 3), [KEY_1.sign('open\n')]);
    const root = rootOf(3).toString('base64');
    expect(await journal.checkpointAt(3)).toBe(`lottery.test/journal\n3\n${root}\n\n— lottery.test key 2\n`);
    expect([await journal.checkpointAt(1), await journal.checkpointAt(2)]).toEqual([null, null]);
  });
});

describe('read the journal', () => {
  let read: ReadJournal;

  beforeEach(() => {
    read = new ReadJournal(journal, KEY_1);
  });

  it('has a checkpoint before its first statement', async () => {
    const root = Frontier.empty.root().toString('base64');
    expect(await read.checkpoint()).toBe(`lottery.test/journal\n0\n${root}\n\n— lottery.test key 1\n`);
  });

  describe('of twenty statements, made one and then nineteen', () => {
    beforeEach(async () => {
      await statements.execute(bodies.slice(0, 1));
      await statements.execute(bodies.slice(1));
    });

    it('has the checkpoint of its size', async () => {
      expect(noteBody(await read.checkpoint())).toBe(`lottery.test/journal\n20\n${rootOf(20).toString('base64')}\n`);
    });

    it('gives the entries from an index on', async () => {
      const items = [18, 19].map((index) => ({ index, statement: `statement ${index}\n` }));
      expect(await read.entries(18, 10)).toEqual({ items, next: null });
      expect((await read.entries(0, 2)).items).toHaveLength(2);
    });

    it('says where to go on, also behind entries that are too long for one page', async () => {
      expect((await read.entries(0, 5)).next).toBe(5);
      await statements.execute(Array.from({ length: 5 }, (_, i) => `${i} ${'x'.repeat(600_000)}\n`));
      const pages = [];
      for (let from: number | null = 18; from !== null; from = pages.at(-1)!.next)
        pages.push(await read.entries(from, 9));
      expect(pages.map(({ items }) => items.map(({ index }) => index))).toEqual([[18, 19, 20, 21], [22, 23], [24]]);
    });

    it('proves every entry in the tree as it is', async () => {
      for (const [index, body] of bodies.entries()) {
        const { size, hashes, checkpoint } = await read.inclusion(index, null);
        const proof = hashes.map((hash) => hash.toString('hex'));
        expect(rootFromInclusion(leafHash(body), index, size, proof)).toEqual(rootOf(20));
        expect(checkpoint).toBe(await read.checkpoint());
      }
    });

    it('proves an entry in an earlier tree, with its checkpoint where there is one', async () => {
      const { hashes, checkpoint } = await read.inclusion(3, 18);
      const proof = hashes.map((hash) => hash.toString('hex'));
      expect(rootFromInclusion(leafHash(bodies[3]!), 3, 18, proof)).toEqual(rootOf(18));
      expect(checkpoint).toBeNull();
      expect((await read.inclusion(0, 1)).checkpoint).toContain('\n1\n');
    });

    it('proves that it only grew', async () => {
      for (const from of [1, 15, 16, 17, 20]) {
        const proof = (await read.consistency(from, 20)).map((hash) => hash.toString('hex'));
        expect(consistent(from, 20, rootOf(from), rootOf(20), proof)).toBe(true);
      }
    });

    it.each([
      ['an entry that there is not', () => read.inclusion(20, null)],
      ['an entry after the tree', () => read.inclusion(5, 5)],
      ['an entry of a tree that there is not yet', () => read.inclusion(5, 21)],
      ['growth to a tree that there is not yet', () => read.consistency(1, 21)],
      ['growth that shrinks', () => read.consistency(3, 2)],
      ['growth from nothing', () => read.consistency(0, 2)],
    ])('refuses to prove %s', async (_, ask: () => Promise<unknown>) => {
      await expect(ask()).rejects.toThrow(JournalSizeInvalid);
    });
  });
});
