import { DataSource } from 'typeorm';
import { MakeStatement } from '../../src/draw/application/make-statement';
import { Journal } from '../../src/draw/application/journal';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { noteBody, verifyNote } from '../../src/shared/domain/signed-note';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { close, LotteryBody, openFreshLottery, submit } from '../support/lottery-client';
import { addPlayer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { consistent, rootFromInclusion } from '../support/verify-proof';

interface Entry {
  readonly index: number;
  readonly statement: string;
}

describe('the journal', () => {
  let app: TestApp;
  let replica: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    replica = await startTestApp({}, app.database);
  }, 60_000);

  afterAll(async () => {
    await replica.close();
    await app.close();
  });

  const checkpoint = async () => {
    const { text } = await app.request().get('/journal/checkpoint').expect(200);
    const key = (await app.request().get('/verifier-key')).text.trim();
    expect(verifyNote(text, key)).not.toBeNull();
    const [origin, size, root = ''] = text.split('\n');
    expect(origin).toBe('lottery.test/journal');
    return { size: Number(size), root: Buffer.from(root, 'base64') };
  };

  const allEntries = async (): Promise<Entry[]> => {
    const entries: Entry[] = [];
    for (let from: string | null = '0'; from !== null;) {
      const { body } = await app.request().get(`/journal/entries?from=${from}&limit=100`).expect(200);
      entries.push(...(body.items as Entry[]));
      from = body.nextCursor as string | null;
    }
    return entries;
  };

  const rootOf = (entries: readonly Entry[]) =>
    Frontier.empty.append(entries.map(({ statement }) => leafHash(statement))).frontier.root();

  it('has every open, seal and draw note body as a leaf, in the order in which they were made', async () => {
    const player = await addPlayer(app);
    const date = await openFreshLottery(app);
    await submit(app, date, player).expect(201);
    const { notes } = (await close(app, date, '&early=true').expect(200)).body as LotteryBody;
    const entries = await allEntries();
    expect(entries.map(({ index }) => index)).toEqual(entries.map((_, i) => i));
    const bodies = [notes.open, notes.seal as string, notes.draw as string].map(noteBody);
    expect(entries.slice(-3).map(({ statement }) => statement)).toEqual(bodies);
    const { size, root } = await checkpoint();
    expect([size, root]).toEqual([entries.length, rootOf(entries)]);
  });

  it('keeps entry and statement together: neither is there without the other', async () => {
    const before = await checkpoint();
    const work = app.app.get<UnitOfWork>(UnitOfWork, { strict: false });
    const statements = app.app.get(MakeStatement, { strict: false });
    const broken = work.run(async () => {
      await statements.execute(['a statement that is taken back\n']);
      throw new Error('the rest of the use case failed');
    });
    await expect(broken).rejects.toThrow('the rest of the use case failed');
    expect(await checkpoint()).toEqual(before);
    await expect(statements.execute(['outside of any unit of work\n'])).rejects.toThrow('within a unit of work');
  });

  it('proves each entry, and that it only grew, at sizes around the borders of its stored subtrees', async () => {
    await grow(app, 520);
    const entries = await allEntries();
    const { size, root } = await checkpoint();
    for (const index of [0, 1, 15, 16, 17, 254, 255, 256, 511, 512, size - 1]) {
      const { body } = await app.request().get(`/journal/entries/${index}/proof`).expect(200);
      expect(body).toMatchObject({ index, size });
      const leaf = leafHash(entries[index]?.statement ?? '');
      expect(rootFromInclusion(leaf, index, size, body.proof)).toEqual(root);
      expect(rootFromInclusion(leafHash('another history\n'), index, size, body.proof)).not.toEqual(root);
    }
    for (const from of [1, 2, 15, 16, 17, 255, 256, 257, 512, size]) {
      const { body } = await app.request().get(`/journal/consistency?from=${from}&to=${size}`).expect(200);
      expect([from, consistent(from, size, rootOf(entries.slice(0, from)), root, body.proof)]).toEqual([from, true]);
    }
    const { body } = await app.request().get(`/journal/entries/3/proof?size=300`).expect(200);
    expect(body.checkpoint).toContain(rootOf(entries.slice(0, 300)).toString('base64'));
  }, 60_000);

  it('enters statements that are made together in their order, under one checkpoint', async () => {
    const { size: before } = await checkpoint();
    const bodies = Array.from({ length: 300 }, (_, i) => `one of many ${i}\n`);
    const notes = await app.app
      .get<UnitOfWork>(UnitOfWork, { strict: false })
      .run(() => app.app.get(MakeStatement, { strict: false }).execute(bodies));
    expect(notes.map(noteBody)).toEqual(bodies);
    const entries = await allEntries();
    expect(entries.slice(before).map(({ statement }) => statement)).toEqual(bodies);
    const { size, root } = await checkpoint();
    expect([size, root]).toEqual([before + 300, rootOf(entries)]);
    const inner = await app
      .request()
      .get(`/journal/entries/${before}/proof?size=${before + 1}`)
      .expect(200);
    expect(inner.body.checkpoint).toBeNull();
    const innerRoot = rootOf(entries.slice(0, before + 1));
    const leaf = leafHash(bodies[0] ?? '');
    expect(rootFromInclusion(leaf, before, before + 1, inner.body.proof)).toEqual(innerRoot);
    const { body } = await app
      .request()
      .get(`/journal/consistency?from=${before + 1}&to=${size}`)
      .expect(200);
    expect(consistent(before + 1, size, innerRoot, root, body.proof)).toBe(true);
  });

  it('refuses what it does not have', async () => {
    const { size } = await checkpoint();
    const refusals = [
      [`/journal/entries/${size}/proof`, 'journal.size-invalid'],
      [`/journal/entries/5/proof?size=5`, 'journal.size-invalid'],
      [`/journal/entries/5/proof?size=${size + 1}`, 'journal.size-invalid'],
      ['/journal/entries/-1/proof', 'request.invalid'],
      ['/journal/entries/05/proof', 'request.invalid'],
      ['/journal/entries/first/proof', 'request.invalid'],
      ['/journal/entries?from=-1', 'request.invalid'],
      ['/journal/entries?limit=101', 'request.invalid'],
      [`/journal/consistency?from=1&to=${size + 1}`, 'journal.size-invalid'],
      ['/journal/consistency?from=3&to=2', 'journal.size-invalid'],
      ['/journal/consistency?from=0&to=2', 'request.invalid'],
    ] as const;
    for (const [path, code] of refusals) {
      expect([path, (await app.request().get(path).expect(400)).body.code]).toEqual([path, code]);
    }
    expect((await app.request().get(`/journal/entries?from=${size}`)).body).toEqual({ items: [], nextCursor: null });
  });

  /** Statements of two replicas at once: dense, one after the other, each with the checkpoint of its own size. */
  const race = async (replicas: readonly TestApp[]) => {
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => grow(replicas[i % replicas.length] as TestApp, 1, `race ${i}`)),
    );
    const entries = await allEntries();
    const { size, root } = await checkpoint();
    expect(size).toBe(entries.length);
    expect(root).toEqual(rootOf(entries));
    return entries;
  };

  it('takes the statements of several replicas one by one', async () => {
    const before = (await checkpoint()).size;
    const entries = await race([app, replica]);
    expect(entries.length).toBe(before + 40);
    expect(new Set(entries.slice(before).map(({ statement }) => statement)).size).toBe(40);
  });

  it('would break without its lock: a journal that is only read before it is written loses statements', async () => {
    const journals = [app, replica].map((one) => one.app.get<Journal>(Journal, { strict: false }));
    const dataSource = app.app.get(DataSource);
    const unlocked = journals.map((journal) =>
      jest.spyOn(journal, 'lock').mockImplementation(async () => {
        const [row] = await dataSource.query<[{ size: string; frontier: Buffer }]>(
          'select size, frontier from journal',
        );
        return Frontier.fromBytes(Number(row.size), row.frontier);
      }),
    );
    await expect(race([app, replica])).rejects.toThrow();
    for (const spy of unlocked) spy.mockRestore();
  });
});

async function grow({ app }: TestApp, count: number, text = 'statement'): Promise<void> {
  const work = app.get<UnitOfWork>(UnitOfWork, { strict: false });
  const statements = app.get(MakeStatement, { strict: false });
  for (let i = 0; i < count; i++) await work.run(() => statements.execute([`${text} ${i}\n`]));
}
