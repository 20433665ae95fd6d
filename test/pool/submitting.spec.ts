import { StakeReceipts } from '../../src/pool/application/stake-receipts';
import { SubmitStake } from '../../src/pool/application/submit-stake';
import { StakeKeyReused, StakeQueueFull } from '../../src/pool/domain/errors';
import { PoolRules } from '../../src/pool/domain/pool-rules';
import { NoMetrics } from '../../src/shared/application/metrics';
import { aStake, uuid } from './fakes';
import { PoolStage } from './pool-stage';

const MAX_BATCH = 1_000;
const MAX_WAITING = 5_000;

describe('submit a stake', () => {
  let stage: PoolStage;
  let submit: SubmitStake;

  beforeEach(async () => {
    stage = new PoolStage();
    await stage.book.store(new PoolRules(uuid('game', 1), 3, 9_000));
    const known = new StakeReceipts(stage.entries, stage.ballots, stage.pools);
    submit = new SubmitStake(stage.stakes, known, new NoMetrics());
  });

  it('is acknowledged with its pool, its place and a checkpoint', async () => {
    const { pool, entry, ballot, checkpoint } = await submit.execute(aStake(1));
    expect([pool.state, entry]).toEqual(['open', stage.entries.rows[0]]);
    expect([ballot, checkpoint]).toEqual([stage.ballots.of(pool.id)[0], `checkpoint 1 of ${pool.id}`]);
  });

  it('is not read back when it was taken just now', async () => {
    const read = jest.spyOn(stage.entries, 'ofMessages');
    await submit.execute(aStake(1));
    expect(read).not.toHaveBeenCalled();
  });

  it('is acknowledged again with the same entry, its pool as it is by then', async () => {
    const first = await submit.execute(aStake(1));
    await submit.execute(aStake(2));
    await submit.execute(aStake(3));
    const again = await submit.execute(aStake(1));
    expect([again.entry, again.ballot, again.checkpoint]).toEqual([first.entry, first.ballot, first.checkpoint]);
    expect(again.pool.state).toBe('drawn');
    expect(stage.entries.rows).toHaveLength(3);
  });

  it.each([
    ['player', { userId: uuid('player', 9) }],
    ['game', { gameId: uuid('game', 9) }],
    ['sum', { stakeMinor: 9n }],
  ])('refuses a key that has made an entry of another %s, and keeps nothing', async (_, fields) => {
    await submit.execute(aStake(1));
    await expect(submit.execute(aStake(1, fields))).rejects.toThrow(StakeKeyReused);
    expect(stage.entries.rows).toHaveLength(1);
  });

  it('shares a transaction with those that wait beside it; each gets its own answer', async () => {
    const take = jest.spyOn(stage.stakes, 'take');
    const settled = await Promise.allSettled([
      submit.execute(aStake(1)),
      ...[2, 3, 4].map((number) => submit.execute(aStake(number))),
      submit.execute(aStake(9, { messageId: 'message 2' })),
    ]);
    expect(settled.map(({ status }) => status)).toEqual([...Array.from({ length: 4 }, () => 'fulfilled'), 'rejected']);
    expect((settled[4] as PromiseRejectedResult).reason).toBeInstanceOf(StakeKeyReused);
    expect(take.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('refuses at once where too many wait', async () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const take = stage.stakes.take.bind(stage.stakes);
    jest.spyOn(stage.stakes, 'take').mockImplementation(async (stakes) => {
      await opened;
      return take(stakes);
    });
    const waiting = Array.from({ length: MAX_WAITING + MAX_BATCH + 1 }, (_, i) => submit.execute(aStake(i + 1)));
    const refused = waiting.pop()!;
    await expect(refused).rejects.toThrow(StakeQueueFull);
    open();
    const settled = await Promise.allSettled(waiting);
    const taken = settled.filter(({ status }) => status === 'fulfilled').length;
    expect(taken).toBeGreaterThanOrEqual(MAX_WAITING);
    expect(stage.entries.rows).toHaveLength(taken);
  });

  it('fails with all that wait beside it when they cannot be stored, and can be sent again', async () => {
    jest.spyOn(stage.outbox, 'add').mockRejectedValueOnce(new Error('the database is away'));
    await expect(submit.execute(aStake(1))).rejects.toThrow('the database is away');
    expect(stage.entries.rows).toEqual([]);
    await expect(submit.execute(aStake(1))).resolves.toBeDefined();
  });
});
