import { drawIdOf, openFreshLottery, Receipt } from '../support/lottery-client';
import { pause } from '../support/pause';
import { addPlayers, TestPlayer } from '../support/players';
import { rounds } from '../support/rounds';
import { rebuildLog } from '../support/sealed-tree';
import { buildService, ServiceProcess, startService } from '../support/service-process';
import { startTestApp, TestApp } from '../support/test-app';

const ROUNDS = rounds({ few: 4, all: 12 });
const SUBMITTERS = 32;

describe('kill -9 while ballots are on their way', () => {
  let app: TestApp;
  let date: string;
  let players: TestPlayer[];
  let victim: ServiceProcess;

  beforeAll(async () => {
    await buildService();
    app = await startTestApp();
    date = await openFreshLottery(app);
    players = await addPlayers(app, SUBMITTERS);
  }, 120_000);

  afterAll(() => app.close());

  const submitTo = (service: { request: TestApp['request'] }, { bearer }: TestPlayer, key: string) =>
    service
      .request()
      .post(`/lotteries/${date}/ballots`)
      .set('authorization', bearer)
      .set('idempotency-key', key)
      .then(
        ({ status, body }) => ({ status, receipt: body as Receipt }),
        () => ({ status: 0, receipt: null }),
      );

  it(`makes exactly one ballot of each key and loses none that was acknowledged, ${ROUNDS} rounds`, async () => {
    const acknowledged = new Map<string, Receipt>();
    const doubtful: { player: TestPlayer; key: string }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      victim = await startService({ DATABASE_URL: app.database.url });
      await Promise.all(players.map((player) => submitTo(victim, player, `warm ${round}`)));
      const killing = pause(Math.random() * 25).then(() => victim.stop('SIGKILL'));
      const attempts = players.map(async (player) => {
        const key = `round ${round}`;
        const { status, receipt } = await submitTo(victim, player, key);
        if (status === 201 && receipt) acknowledged.set(player.id + key, receipt);
        else doubtful.push({ player, key });
      });
      await Promise.all([killing, ...attempts]);
    }
    for (const { player, key } of doubtful) {
      const { status, receipt } = await submitTo(app, player, key);
      expect(status).toBe(201);
      acknowledged.set(player.id + key, receipt as Receipt);
    }
    const { lines } = await rebuildLog(app.database.dataSource, await drawIdOf(app, date));
    for (const { line, index } of acknowledged.values()) expect(lines[index]).toBe(line);
    expect(new Set([...acknowledged.values()].map(({ id }) => id)).size).toBe(ROUNDS * SUBMITTERS);
    expect(lines).toHaveLength(2 * ROUNDS * SUBMITTERS);
    expect(doubtful.length).toBeGreaterThan(0);
  }, 120_000);
});
