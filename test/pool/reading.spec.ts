import { TreeSizeInvalid } from '../../src/ballot/domain/errors';
import type { Bundle } from '../../src/draw/draw.api';
import { ChangePoolRules } from '../../src/pool/application/change-pool-rules';
import { ProvePools } from '../../src/pool/application/prove-pools';
import { ReadPools } from '../../src/pool/application/read-pools';
import { PoolNotFound, PoolNotSealed } from '../../src/pool/domain/errors';
import { Pool } from '../../src/pool/domain/pool';
import { PoolRules } from '../../src/pool/domain/pool-rules';
import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import { FakeProofs } from '../ballot/fakes';
import { aDraw, FakeDrawBundles, FakeDraws, SECRET } from '../draw/fakes';
import { FakeAuditTrail, FakeUnitOfWork } from '../shared/fakes';
import { FakeAdmins } from '../user/fakes';
import { aStake, FakePoolRuleBook, uuid } from './fakes';
import { PoolStage } from './pool-stage';

const GAME = uuid('game', 1);
const NONE = uuid('pool', 0);
const FIRST_PAGE = { cursor: null, limit: 10 };
const ALL = { gameId: null, state: null };

describe('read pools', () => {
  let stage: PoolStage;
  let read: ReadPools;
  let drawn: string;
  let open: string;

  beforeEach(async () => {
    stage = new PoolStage();
    await stage.book.store(new PoolRules(GAME, 2, 9_000));
    await stage.stakes.take([1, 2, 3].map((number) => aStake(number)));
    [drawn, open] = stage.pools.all().map(({ id }) => id) as [string, string];
    const draws = new FakeDraws();
    for (const id of [drawn, open]) await draws.add([{ draw: aDraw(id), secret: SECRET }]);
    read = new ReadPools(stage.pools, stage.entries, draws, stage.ballots);
  });

  it('lists them newest first, with their draws', async () => {
    const { items, nextCursor } = await read.page(ALL, { cursor: null, limit: 1 });
    expect(items).toMatchObject([{ pool: { id: open }, draw: { id: open } }]);
    expect((await read.page(ALL, { cursor: nextCursor, limit: 1 })).items).toMatchObject([{ pool: { id: drawn } }]);
  });

  it('lists those of a game or a state', async () => {
    expect((await read.page({ gameId: GAME, state: 'drawn' }, FIRST_PAGE)).items).toMatchObject([
      { pool: { id: drawn } },
    ]);
    expect((await read.page({ gameId: uuid('game', 2), state: null }, FIRST_PAGE)).items).toEqual([]);
  });

  it('finds one with its entries, its winner and the award', async () => {
    const { pool, draw, entries, winner, award } = await read.find(drawn);
    expect([pool.id, draw.id]).toEqual([drawn, drawn]);
    expect(entries.items.map(({ entry, ballot }) => [entry.stakeMinor, ballot.userId])).toEqual([
      [1n, uuid('player', 1)],
      [2n, uuid('player', 2)],
    ]);
    expect(winner).toEqual(entries.items[1]);
    expect(award).toMatchObject({ userId: uuid('player', 2), winSumMinor: 2n });
  });

  it('finds the winner at the first place, too', async () => {
    const pool = await stage.pools.get(drawn);
    await stage.pools.store([new Pool({ ...pool.facts, winnerIndex: 0 })]);
    expect((await read.find(drawn)).winner?.entry.messageId).toBe('message 1');
  });

  it('finds one that is open without winner and award', async () => {
    expect(await read.find(open)).toMatchObject({ winner: null, award: null, entries: { items: [{}] } });
  });

  it('lists the entries page by page, in the order of the log', async () => {
    const first = await read.entriesPage(drawn, { cursor: null, limit: 1 });
    const second = await read.entriesPage(drawn, { cursor: first.nextCursor, limit: 1 });
    expect([...first.items, ...second.items].map(({ entry }) => entry.messageId)).toEqual(['message 1', 'message 2']);
  });

  it('refuses one that there is not', async () => {
    await expect(read.find(NONE)).rejects.toThrow(PoolNotFound);
    await expect(read.entriesPage(NONE, FIRST_PAGE)).rejects.toThrow(PoolNotFound);
  });

  describe('and prove them', () => {
    let bundles: FakeDrawBundles;
    let prove: ProvePools;

    beforeEach(() => {
      bundles = new FakeDrawBundles();
      prove = new ProvePools(stage.pools, bundles, new FakeProofs(stage.ballots));
      bundles.sealed.set(drawn, { open: 'the open note' } as Bundle);
    });

    it('bundles a pool for good once it is drawn', async () => {
      expect(await prove.bundle(drawn)).toEqual({ bundle: { open: 'the open note' }, final: true });
    });

    it('bundles a pool that waits for its beacon, not for good', async () => {
      stage.sealing.decidedAt = new Date();
      await stage.stakes.take([aStake(4)]);
      bundles.sealed.set(open, {} as Bundle);
      expect(await prove.bundle(open)).toMatchObject({ final: false });
      expect(await prove.list(open)).toMatchObject({ final: true });
    });

    it('refuses a bundle before the pool is full', async () => {
      await expect(prove.bundle(open)).rejects.toThrow(PoolNotSealed);
    });

    it('lists all entries, with the checkpoint that they hash to', async () => {
      const { lines, checkpoint, final } = await prove.list(open);
      const read: string[] = [];
      for await (const line of lines) read.push(line);
      expect(read).toEqual(stage.ballots.of(open).map(({ line }) => `${line}\n`));
      expect([checkpoint, final]).toEqual([`checkpoint 1 of ${open}`, false]);
    });

    it('gives the checkpoint, and the proof that the log only grew', async () => {
      expect(await prove.checkpoint(drawn)).toBe(`checkpoint 2 of ${drawn}`);
      expect(await prove.consistency(drawn, 1, 2)).toEqual([Buffer.from([1, 2])]);
      await expect(prove.consistency(drawn, 1, 3)).rejects.toThrow(TreeSizeInvalid);
    });

    it.each([
      ['bundle', () => prove.bundle(NONE)],
      ['list', () => prove.list(NONE)],
      ['checkpoint', () => prove.checkpoint(NONE)],
      ['consistency', () => prove.consistency(NONE, 1, 2)],
    ] as const)('refuses the %s of a pool that there is not', async (_, ask) => {
      await expect(ask()).rejects.toThrow(PoolNotFound);
    });
  });
});

describe('change the rules of a game', () => {
  let book: FakePoolRuleBook;
  let audit: FakeAuditTrail;
  let admins: FakeAdmins;
  let change: ChangePoolRules;

  beforeEach(() => {
    book = new FakePoolRuleBook();
    audit = new FakeAuditTrail();
    admins = new FakeAdmins(new FakeUnitOfWork([book, audit]));
    change = new ChangePoolRules(admins, book, audit);
  });

  const rules = new PoolRules(GAME, 5, 8_000);

  it('keeps them, and writes down who did it', async () => {
    await change.execute(rules, admins.id);
    expect(await change.page(FIRST_PAGE)).toEqual({ items: [rules], nextCursor: null });
    expect(audit.rows).toEqual([
      {
        actor: { userId: admins.id },
        action: 'pool.rules-changed',
        subject: GAME,
        details: { size: '5', payoutShare: '8000' },
      },
    ]);
  });

  it('refuses an admin who was demoted and changes nothing', async () => {
    admins.isDemoted = true;
    await expect(change.execute(rules, admins.id)).rejects.toThrow(AccessForbidden);
    expect([book.rows.size, audit.rows.length]).toEqual([0, 0]);
  });

  it('does not happen when it cannot be written down', async () => {
    jest.spyOn(audit, 'record').mockRejectedValueOnce(new Error('no audit'));
    await expect(change.execute(rules, admins.id)).rejects.toThrow('no audit');
    expect(book.rows.size).toBe(0);
  });
});
