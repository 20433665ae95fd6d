import { hash } from 'node:crypto';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { AppendBallots } from '../../src/ballot/application/append-ballots';
import { EntitlePlayers } from '../../src/ballot/application/entitle-players';
import { ExtendLogs } from '../../src/ballot/application/extend-logs';
import type { PlayerCounts } from '../../src/ballot/application/player-counts';
import type { Ballots, Place, Receipt, Receipts } from '../../src/ballot/ballot.api';
import { BallotLog } from '../../src/ballot/domain/ballot-log';
import type { Settled } from '../../src/shared/application/group-commit';
import { DomainError } from '../../src/shared/domain/domain-error';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { Ed25519NoteSigner } from '../../src/platform/transparency/ed25519-note-signer';
import { InMemoryBallotLogs } from './in-memory-ballot-logs';

const USERS = ['ann', 'bob', 'cid'] as const;
const BANNED = 'eve';
const UNKNOWN = 'nobody';

describe('append a batch of ballots', () => {
  let logs: InMemoryBallotLogs;
  let append: AppendBallots;
  let counts: { limit: number | null; count: PlayerCounts['count'] };
  let drawId: string;

  beforeEach(async () => {
    logs = new InMemoryBallotLogs();
    drawId = v7();
    await logs.add([
      {
        log: BallotLog.open({ drawId, opensAt: new Date(0), closesAt: new Date('2030-01-02T00:00:00Z') }),
        checkpoint: 'empty\n',
      },
    ]);
    const receipt = (ballotId: string): Receipt => {
      const ballot = logs.ballots.find(({ id }) => id === ballotId) as Receipt['ballot'];
      const checkpoint = logs.checkpoints.find(({ drawId, size }) => drawId === ballot.drawId && size > ballot.index);
      return { ballot, checkpoint: checkpoint?.note ?? '', replayed: true };
    };
    const receiptsOf = (_: string, ids: readonly string[]) =>
      Promise.resolve(new Map(ids.map((id) => [id, receipt(id)])));
    const at = (places: readonly Place[]) =>
      Promise.resolve(
        places.map((place) =>
          logs.ballots.find(({ drawId, index }) => drawId === place.drawId && index === place.index)!,
        ),
      );
    const standings = (userIds: readonly string[]) => {
      const known = userIds.filter((userId) => userId !== UNKNOWN);
      const standing = (userId: string) => ({ salt: hash('sha256', userId, 'buffer'), banned: userId === BANNED });
      return Promise.resolve(new Map(known.map((userId) => [userId, standing(userId)])));
    };
    counts = {
      limit: null,
      count: (log, userIds) => {
        const holders = userIds.map((userId) => ({ drawId: log.drawId, userId }));
        return logs.counts(holders).then((found) => new Map(userIds.map((userId, i) => [userId, found[i] ?? 0])));
      },
    };
    append = new AppendBallots(
      { run: (work) => work(), runAlone: (work) => work() },
      logs,
      { standings, bannedUserIds: () => Promise.resolve([]), displayName: () => Promise.resolve('') },
      { receiptsOf, at } as Partial<Ballots> as Ballots,
      new EntitlePlayers(counts, { next: () => v7() }),
      new ExtendLogs(logs, new Ed25519NoteSigner('lottery.test', Buffer.alloc(32, 1))),
    );
  });

  const submission = (userId: string, idempotencyKey: string | null = null, count = 1) => {
    return { drawId, userId, idempotencyKey, count };
  };

  const shown = (outcome: Settled<Receipts>): string =>
    outcome instanceof DomainError ? outcome.code : `index ${outcome.ballots.map(({ index }) => index).join(' ')}`;

  it('answers each submission for itself', async () => {
    const outcomes = await append.execute(drawId, [
      submission('ann'),
      submission(BANNED),
      submission('bob'),
      submission(UNKNOWN),
      submission('ann'),
    ]);
    expect(outcomes.map(shown)).toEqual([
      'index 0',
      'ballot.player-banned',
      'index 1',
      'ballot.player-unknown',
      'index 2',
    ]);
  });

  it('refuses what a player may not have any more, all or none of a submission, and leaves the key free', async () => {
    counts.limit = 3;
    await append.execute(drawId, [submission('ann', null, 2)]);
    const outcomes = await append.execute(drawId, [
      submission('ann', 'k', 2),
      submission('bob', null, 3),
      submission('ann', 'l'),
      submission('ann', 'l'),
      submission('ann'),
      submission(BANNED),
      submission('bob'),
    ]);
    expect(outcomes.map(shown)).toEqual([
      'ballot.limit-reached',
      'index 2 3 4',
      'index 5',
      'index 5',
      'ballot.limit-reached',
      'ballot.player-banned',
      'ballot.limit-reached',
    ]);
    expect(logs.keys.size).toBe(1);
    // What a key has made is answered for ever.
    expect((await append.execute(drawId, [submission('ann', 'l')])).map(shown)).toEqual(['index 5']);
  });

  it('counts nothing where there is no limit', async () => {
    const count = jest.spyOn(counts, 'count');
    await append.execute(drawId, [submission('ann')]);
    expect(count).not.toHaveBeenCalled();
  });

  it('refuses everything from the closing instant on, and not before', async () => {
    logs.now = new Date('2030-01-01T23:59:59.999Z');
    expect((await append.execute(drawId, [submission('ann')])).map(shown)).toEqual(['index 0']);
    logs.now = new Date('2030-01-02T00:00:00.000Z');
    expect((await append.execute(drawId, [submission('ann')])).map(shown)).toEqual(['ballot.closed']);
    expect(logs.ballots).toHaveLength(1);
  });

  it('makes one ballot of one key within a batch and marks the repetitions', async () => {
    const outcomes = await append.execute(drawId, [
      submission('ann', 'k'),
      submission('bob', 'k'),
      submission('ann', 'k'),
    ]);
    expect(outcomes.map(shown)).toEqual(['index 0', 'index 1', 'index 0']);
    expect(outcomes.map((outcome) => 'replayed' in outcome && outcome.replayed)).toEqual([false, false, true]);
    expect(logs.ballots).toHaveLength(2);
  });

  it('gives repetitions of a refused submission the same refusal and leaves the key free', async () => {
    const outcomes = await append.execute(drawId, [submission(BANNED, 'k'), submission(BANNED, 'k')]);
    expect(outcomes.map(shown)).toEqual(['ballot.player-banned', 'ballot.player-banned']);
    expect(logs.keys.size).toBe(0);
  });

  it('makes as many ballots as a submission asks for, at consecutive places, or none of them', async () => {
    const outcomes = await append.execute(drawId, [
      submission('ann', 'k', 3),
      submission(BANNED, null, 2),
      submission('bob', null, 2),
    ]);
    expect(outcomes.map(shown)).toEqual(['index 0 1 2', 'ballot.player-banned', 'index 3 4']);
    expect(new Set(logs.ballots.map(({ id }) => id)).size).toBe(5);
    expect(logs.checkpoints.map(({ size }) => size)).toEqual([0, 5]);
  });

  it('answers a key with all that it made, and refuses it for another number, in its batch and later', async () => {
    const first = await append.execute(drawId, [
      submission('ann', 'k', 3),
      submission('ann', 'k', 2),
      submission('ann', 'k', 3),
      submission(BANNED, 'k', 3),
      submission(BANNED, 'k', 2),
    ]);
    const refused = 'ballot.idempotency-key-reused';
    const banned = 'ballot.player-banned';
    expect(first.map(shown)).toEqual(['index 0 1 2', refused, 'index 0 1 2', banned, banned]);
    await append.execute(drawId, [submission('bob')]);
    const again = await append.execute(drawId, [submission('ann', 'k', 3), submission('ann', 'k', 2)]);
    expect(again.map(shown)).toEqual(['index 0 1 2', refused]);
    const later = await append.execute(drawId, [submission('ann', 'k'), submission('bob', 'k', 2)]);
    expect(later.map(shown)).toEqual([refused, 'index 4 5']);
    const both = await append.execute(drawId, [submission('ann', 'k', 2), submission('ann', 'k', 3)]);
    expect(both.map(shown)).toEqual([refused, 'index 0 1 2']);
    const ours = again[0] as Receipts;
    expect(ours).toEqual({ ...(first[0] as Receipts), replayed: true });
    expect(logs.ballots).toHaveLength(6);
  });

  it('keeps log, root, checkpoints and receipts true to each other, whatever arrives', async () => {
    const anything = fc.record({
      userId: fc.constantFrom(...USERS, BANNED, UNKNOWN),
      idempotencyKey: fc.option(fc.constantFrom('x', 'y', 'z')),
      count: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anything, { minLength: 1, maxLength: 40 }), { maxLength: 12 }),
        async (batches) => {
          drawId = v7();
          await logs.add([
            { log: BallotLog.open({ drawId, opensAt: new Date(0), closesAt: null }), checkpoint: 'empty\n' },
          ]);
          const receipts: Receipts[] = [];
          for (const batch of batches) {
            const outcomes = await append.execute(
              drawId,
              batch.map((entry) => ({
                ...entry,
                idempotencyKey: entry.idempotencyKey && drawId + entry.idempotencyKey,
                drawId,
              })),
            );
            receipts.push(...outcomes.flatMap((outcome) => (outcome instanceof DomainError ? [] : outcome)));
          }
          const stored = logs.ballots.filter((ballot) => ballot.drawId === drawId);
          const leaves = stored.map(({ line }) => leafHash(line));
          expect(stored.map(({ index }) => index)).toEqual(stored.map((_, i) => i));
          expect(logs.logs.get(drawId)?.frontier.root()).toEqual(Frontier.empty.append(leaves).frontier.root());
          const made = receipts.filter(({ replayed }) => !replayed).flatMap(({ ballots }) => ballots);
          expect(made).toEqual(stored);
          for (const { ballots, checkpoint } of receipts) {
            const [, size = '0', root] = checkpoint.split('\n');
            const indexes = ballots.map(({ index }) => index);
            expect(indexes).toEqual(indexes.map((_, i) => (indexes[0] as number) + i));
            expect(Number(size)).toBeGreaterThan(indexes.at(-1) as number);
            expect(
              Frontier.empty
                .append(leaves.slice(0, Number(size)))
                .frontier.root()
                .toString('base64'),
            ).toBe(root);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
