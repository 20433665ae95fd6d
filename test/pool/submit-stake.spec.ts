import { randomUUID } from 'node:crypto';
import type { Ballots } from '../../src/ballot/ballot.api';
import { Ballot } from '../../src/ballot/domain/ballot';
import { StakeReceipts } from '../../src/pool/application/stake-receipts';
import type { PoolEntries } from '../../src/pool/application/pool-entries';
import type { Pools } from '../../src/pool/application/pools';
import { SubmitStake } from '../../src/pool/application/submit-stake';
import { Pool } from '../../src/pool/domain/pool';
import { PoolRules } from '../../src/pool/domain/pool-rules';
import type { EntryReceipt, Stake } from '../../src/pool/pool.api';
import { NoMetrics } from '../../src/shared/application/metrics';
import { stakeOn } from '../support/pool-client';

const gameId = randomUUID();

describe('submit a stake', () => {
  /** What the intake has stored, by message id. */
  let stored: Map<string, EntryReceipt>;
  let lookedUp: string[];
  let submit: SubmitStake;

  beforeEach(() => {
    [stored, lookedUp] = [new Map(), []];
    const take = (stakes: readonly Stake[]) => {
      const fresh = stakes.filter(({ messageId }, i) => {
        return !stored.has(messageId) && stakes.findIndex((other) => other.messageId === messageId) === i;
      });
      const receipts = fresh.map((stake) => [stake.messageId, receiptOf(stake)] as const);
      for (const [messageId, receipt] of receipts) stored.set(messageId, receipt);
      return Promise.resolve(new Map(receipts));
    };
    const receipts = () => [...stored.values()];
    const entries = {
      ofMessages: (messageIds: readonly string[]) => {
        lookedUp.push(...messageIds);
        return Promise.resolve(new Map(messageIds.flatMap((id) => [[id, stored.get(id)!.entry] as const])));
      },
    } as Partial<PoolEntries> as PoolEntries;
    const ballots = {
      receipts: (places: readonly { drawId: string }[]) =>
        Promise.resolve(
          places.map(({ drawId }) => ({ ...receipts().find(({ pool }) => pool.id === drawId)!, replayed: true })),
        ),
    } as Partial<Ballots> as Ballots;
    const pools = {
      find: (ids: readonly string[]) =>
        Promise.resolve(new Map(ids.map((id) => [id, receipts().find(({ pool }) => pool.id === id)!.pool]))),
    } as Partial<Pools> as Pools;
    submit = new SubmitStake({ take }, new StakeReceipts(entries, ballots, pools), new NoMetrics());
  });

  /** Each stake has a pool of its own. */
  function receiptOf({ gameId: id, userId, stakeMinor, messageId }: Stake): EntryReceipt {
    const pool = Pool.open(randomUUID(), new PoolRules(id, 10, 9_000)).take([stakeMinor]);
    const entry = { poolId: pool.id, index: 0, stakeMinor, messageId };
    const ballot = new Ballot(pool.id, 0, randomUUID(), userId, 'f'.repeat(32), new Date());
    return { pool, entry, ballot, checkpoint: `checkpoint of ${pool.id}` };
  }

  it('answers with the entry that the intake made, and looks nothing up', async () => {
    const stakes = [stakeOn(gameId, 1n), stakeOn(gameId, 2n)];
    const answers = await Promise.all(stakes.map((stake) => submit.execute(stake)));
    expect(answers).toEqual(stakes.map(({ messageId }) => stored.get(messageId)));
    expect(lookedUp).toEqual([]);
  });

  it('answers a retry with the entry of the first time, and looks up no other', async () => {
    const [known, fresh] = [stakeOn(gameId, 1n), stakeOn(gameId, 2n)];
    const first = await submit.execute(known);
    const [again, other] = await Promise.all([submit.execute({ ...known }), submit.execute(fresh)]);
    expect([again.entry, again.checkpoint]).toEqual([first.entry, first.checkpoint]);
    expect(other.entry.stakeMinor).toBe(2n);
    expect(lookedUp).toEqual([known.messageId]);
  });

  it('answers both of two retries that come together', async () => {
    const stake = stakeOn(gameId);
    const [one, two] = await Promise.all([submit.execute(stake), submit.execute({ ...stake })]);
    expect(two.entry).toEqual(one.entry);
  });

  it.each<[string, Partial<Stake>]>([
    ['player', { userId: randomUUID() }],
    ['game', { gameId: randomUUID() }],
    ['amount', { stakeMinor: 9n }],
  ])('refuses the message id of a stake with another %s, in the same batch and later', async (_, difference) => {
    const stake = stakeOn(gameId, 1n);
    const reused = { ...stake, ...difference };
    const together = await Promise.allSettled([submit.execute(stake), submit.execute(reused)]);
    const later = await Promise.allSettled([submit.execute(reused)]);
    expect(together[0]).toMatchObject({ status: 'fulfilled' });
    for (const refused of [together[1], later[0]]) {
      expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'pool.idempotency-key-reused' } });
    }
    expect([...stored.keys()]).toEqual([stake.messageId]);
  });
});
