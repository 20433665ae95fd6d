import { EntityManager } from 'typeorm';
import type { PostRequest } from '../../src/wallet/wallet.api';
import { rounds } from '../support/rounds';
import { startTestApp, TestApp } from '../support/test-app';
import { balance, bet, faultsOf, gift, post, queueOf, richPlayers } from './ledger-stage';

const ROUNDS = rounds({ few: 2, all: 40 });
const CALLERS = 256;

describe('two replicas that move money', () => {
  let replicas: [TestApp, TestApp];

  beforeAll(async () => {
    const first = await startTestApp();
    replicas = [first, await startTestApp({}, first.database)];
  }, 60_000);

  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    for (const replica of [...replicas].reverse()) await replica.close();
  });

  const faults = () => faultsOf(replicas[0].database.dataSource);

  /** Sends the requests at once, to one replica and the other in turn; `ok`, `replayed`, or a code. */
  function race(requests: readonly PostRequest[]): Promise<string[]> {
    const answers = requests.map((request, i) =>
      queueOf(replicas[i % 2]!)
        .submit(request)
        .then(
          ({ replayed }) => (replayed ? 'replayed' : 'ok'),
          (error: { code?: string; message: string }) => error.code ?? error.message,
        ),
    );
    return Promise.all(answers);
  }

  const count = (answers: readonly string[], wanted: string) => answers.filter((answer) => answer === wanted).length;

  it(`spend an account that is worth 100 exactly 100 times, asked ${CALLERS} times at once`, async () => {
    const [ann, bob] = (await richPlayers(replicas[0], 2, 100n)) as [string, string];
    const answers = await race(Array.from({ length: CALLERS }, () => [gift(ann, bob, 1n)]));
    expect([count(answers, 'ok'), count(answers, 'wallet.insufficient-funds')]).toEqual([100, CALLERS - 100]);
    expect(await balance(replicas[1], ann)).toEqual([0n, 0n]);
    expect(await faults()).toEqual([]);
  });

  it('lose no credit of one model from many donors', async () => {
    const donors = await richPlayers(replicas[0], 64, 20n);
    const [model] = (await richPlayers(replicas[0], 1, 0n)) as [string];
    const answers = await race(donors.flatMap((donor) => Array.from({ length: 16 }, () => [gift(donor, model, 1n)])));
    expect(count(answers, 'ok')).toBe(64 * 16);
    expect(await balance(replicas[0], model)).toEqual([1_024n, 0n]);
  });

  it('hold no more than there is', async () => {
    const [ann] = (await richPlayers(replicas[0], 1, 5_000n)) as [string];
    const answers = await race(Array.from({ length: 64 }, () => [bet(ann, 1_000n)]));
    expect([count(answers, 'ok'), count(answers, 'wallet.insufficient-funds')]).toEqual([5, 59]);
    expect(await balance(replicas[0], ann)).toEqual([5_000n, 5_000n]);
  });

  it('carry the same id out once, whoever is asked', async () => {
    const [ann, bob] = (await richPlayers(replicas[0], 2, 100n)) as [string, string];
    const twin = gift(ann, bob, 3n);
    const answers = await race(Array.from({ length: 50 }, () => [twin]));
    expect([count(answers, 'ok'), count(answers, 'replayed')]).toEqual([1, 49]);
    expect(await balance(replicas[0], bob)).toEqual([103n, 0n]);
  });

  it(`never deadlock over the same accounts in opposite order, ${ROUNDS} rounds`, async () => {
    const [{ before }] = await deadlocks();
    for (let round = 0; round < ROUNDS; round++) {
      const players = await richPlayers(replicas[0], 8, 1_000n);
      const pairs = players.flatMap((one, i) => players.map((other, j) => [one, other, i, j] as const));
      const gifts = pairs.filter(([, , i, j]) => i !== j).map(([one, other]) => [gift(one, other, 1n)]);
      const answers = await race([...gifts, ...gifts.map(([leg]) => [gift(...backOf(leg!))])]);
      expect(count(answers, 'ok')).toBe(2 * gifts.length);
    }
    expect((await deadlocks())[0].before).toBe(before);
    expect(await faults()).toEqual([]);
  });

  function backOf({ debit, credit }: PostRequest[number]): [from: string, to: string, amountMinor: bigint] {
    return [credit.ownerId as string, debit.ownerId as string, 1n];
  }

  function deadlocks(): Promise<[{ before: string }]> {
    return replicas[0].database.dataSource.query(
      'select deadlocks as before from pg_stat_database where datname = current_database()',
    );
  }

  /** Statements of both replicas with the texts replaced. */
  function plant(...texts: readonly (readonly [text: string, instead: string])[]): void {
    const { query } = EntityManager.prototype;
    jest.spyOn(EntityManager.prototype, 'query').mockImplementation(function (this: EntityManager, sql, ...rest) {
      return query.call(
        this,
        texts.reduce((text, [from, to]) => text.replaceAll(from, to), sql),
        ...rest,
      );
    });
  }
  const WITHOUT_LOCKS = [[' for update', '']] as const;

  it('keep their books even without the lock: the keys refuse what would be lost', async () => {
    const [ann, ...others] = (await richPlayers(replicas[0], 9, 1_000n)) as [string, ...string[]];
    plant(...WITHOUT_LOCKS);
    const answers = await raceInBatches(ann, others);
    expect(answers.some((answer) => /duplicate key|does not move like that|as it was locked/.test(answer))).toBe(true);
    expect(await faults()).toEqual([]);
  });

  // Nothing is put back: it is the last.
  it('would lose money without the lock and the keys', async () => {
    const { dataSource } = replicas[0].database;
    for (const [table, constraint] of [
      ['wallet_entries', 'wallet_entries_pk'],
      ['wallet_transfers', 'wallet_transfers_index_unique'],
      ['wallet_log_checkpoints', 'wallet_log_checkpoints_pk'],
      ['wallet_log_subtrees', 'wallet_log_subtrees_pk'],
    ]) {
      await dataSource.query(`alter table ${table} drop constraint ${constraint}`);
    }
    await dataSource.query('alter table wallet_accounts disable trigger wallet_accounts_legal_moves');
    await dataSource.query('alter table wallet_log disable trigger wallet_log_legal_moves');
    const [ann, ...others] = (await richPlayers(replicas[0], 9, 1_000n)) as [string, ...string[]];
    plant(...WITHOUT_LOCKS, [' and wallet_accounts.seq = a.before', '']);
    for (let attempt = 0; attempt < 20 && (await faults()).length === 0; attempt++) await raceInBatches(ann, others);
    expect((await faults()).join('\n')).toMatch(/wallet_accounts|wallet_entries/);
  });

  /** A batch after the other on each replica. */
  async function raceInBatches(ann: string, others: readonly string[]): Promise<string[]> {
    const turns = replicas.map(async (replica) => {
      const answers: string[] = [];
      for (let i = 0; i < 12; i++) {
        const gifts = others.map((other) => [gift(ann, other, 1n)]);
        answers.push(...(await post(replica, ...gifts).catch((error: Error) => [error.message])));
      }
      return answers;
    });
    return (await Promise.all(turns)).flat();
  }
});
