import { randomUUID } from 'node:crypto';
import { SealLog } from '../../src/ballot/application/seal-log';
import { BallotLog } from '../../src/ballot/domain/ballot-log';
import { InMemoryBallotLogs } from './in-memory-ballot-logs';

describe('seal logs', () => {
  let logs: InMemoryBallotLogs;
  let banned: Set<string>;
  let listed: number;
  let seal: SealLog;

  beforeEach(() => {
    logs = new InMemoryBallotLogs();
    banned = new Set();
    listed = 0;
    seal = new SealLog(logs, {
      standings: (userIds) =>
        Promise.resolve(new Map(userIds.map((id) => [id, { salt: Buffer.alloc(32), banned: banned.has(id) }]))),
      bannedUserIds: () => Promise.resolve((listed++, [...banned])),
      displayName: () => Promise.resolve(''),
    });
  });

  const fill = async (players: readonly string[]): Promise<string> => {
    const drawId = randomUUID();
    const log = BallotLog.open(drawId, null);
    await logs.add([{ log, checkpoint: '' }]);
    const entitled = players.map((player) => ({ ballotId: randomUUID(), userId: `user ${player}`, player }));
    await logs.append([{ ...log.append(entitled, logs.now), checkpoint: '' }]);
    return drawId;
  };

  it.each([
    ['few ballots without asking for everybody who is banned', 0, 0],
    ['many ballots by asking who is banned, not about each player', 6_000, 1],
  ])('finds who cannot win among %s', async (_, others, lists) => {
    const drawIds = [
      await fill(['b', 'a', 'b', ...Array.from({ length: others }, (_player, i) => `${i}`)]),
      await fill(['b']),
      await fill([]),
    ];
    banned = new Set(['user b', 'user somebody else']);
    expect(await seal.seal(drawIds)).toMatchObject([
      { size: 3 + others, exclusions: ['b'], winnable: true },
      { size: 1, exclusions: ['b'], winnable: false },
      { size: 0, exclusions: [], winnable: false },
    ]);
    expect(listed).toBe(lists);
  });
});
