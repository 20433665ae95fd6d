import { randomUUID } from 'node:crypto';
import { SealLog } from '../../src/ballot/application/seal-log';
import { BallotLog } from '../../src/ballot/domain/ballot-log';
import { InMemoryBallotLogs } from './in-memory-ballot-logs';

describe('seal logs', () => {
  let logs: InMemoryBallotLogs;
  let banned: Set<string>;
  /** How many of the banned were asked for at most. */
  let listed: number;
  let seal: SealLog;

  beforeEach(() => {
    logs = new InMemoryBallotLogs();
    banned = new Set();
    listed = 0;
    seal = new SealLog(logs, {
      standings: (userIds) =>
        Promise.resolve(new Map(userIds.map((id) => [id, { salt: Buffer.alloc(32), banned: banned.has(id) }]))),
      bannedUserIds: (limit) => {
        listed = Math.max(listed, limit ?? Infinity);
        return Promise.resolve([...banned].slice(0, limit ?? Infinity));
      },
      displayName: () => Promise.resolve(''),
    });
  });

  const fill = async (players: readonly string[]): Promise<string> => {
    const drawId = randomUUID();
    const log = BallotLog.open({ drawId, opensAt: new Date(0), closesAt: null });
    await logs.add([{ log, checkpoint: '' }]);
    const entitled = players.map((player) => ({ ballotId: randomUUID(), userId: `user ${player}`, player }));
    await logs.append([{ ...log.append(entitled, logs.now), checkpoint: '' }]);
    return drawId;
  };

  it.each([
    ['few are banned', 0, 10, false],
    ['few are banned, among many ballots', 6_000, 10, false],
    ['many are banned: without a list of them all', 0, 2_000, false],
    ['many are banned, among many ballots', 6_000, 2_000, true],
  ])('finds who cannot win where %s', async (_, others, bans, listsAll) => {
    const drawIds = [
      await fill(['b', 'a', 'b', ...Array.from({ length: others }, (_player, i) => `${i}`)]),
      await fill(['b']),
      await fill([]),
    ];
    banned = new Set([...Array.from({ length: bans }, (_ban, i) => `user elsewhere ${i}`), 'user b']);
    expect(await seal.seal(drawIds)).toMatchObject([
      { size: 3 + others, exclusions: ['b'], eligible: 1 + others },
      { size: 1, exclusions: ['b'], eligible: 0 },
      { size: 0, exclusions: [], eligible: 0 },
    ]);
    expect(listed === Infinity).toBe(listsAll);
  });
});
