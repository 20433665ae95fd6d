import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { DrawWinners } from '../../src/draw/application/draw-winners';
import { DrawPools } from '../../src/pool/application/draw-pools';
import { PoolReconciler } from '../../src/pool/infrastructure/pool-reconciler';
import { Clock } from '../../src/shared/application/clock';
import { BeaconEnvironment, startBeacon } from '../support/beacon-environment';
import { eventsOf, PoolBody, poolsOf, stakesOn, take } from '../support/pool-client';
import { fieldsOf } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';
import { until } from '../support/until';

const MINUTE = 60_000;

describe('stake pools with a beacon', () => {
  let beacon: BeaconEnvironment;
  let app: TestApp;
  let replica: TestApp;

  beforeAll(async () => {
    beacon = await startBeacon();
    app = await startTestApp(beacon.config);
    replica = await startTestApp(beacon.config, app.database);
  }, 60_000);

  afterAll(async () => {
    await replica.close();
    await app.close();
    await beacon.stop();
  });

  beforeEach(() => (beacon.relays[0]!.fault = null));

  const moveClock = async (milliseconds: number): Promise<void> => {
    await app.database.setClockOffset(milliseconds);
    for (const one of [app, replica]) await one.app.get(Clock).synchronise();
  };

  const reconcile = (...apps: TestApp[]) =>
    Promise.all(apps.map((one) => one.app.get(PoolReconciler, { strict: false }).tick()));

  const fields = async (note: string | null | undefined) => {
    const { text } = await app.request().get('/verifier-key');
    return fieldsOf(note ?? '', text.trim());
  };

  const roundOf = async ({ notes }: PoolBody): Promise<number> =>
    Number((await fields(notes.seal))['beacon']?.split(' ')[1]);

  it('are sealed when full and drawn with the first round a minute later: assurance B', async () => {
    const gameId = randomUUID();
    await take(app, stakesOn(gameId, 23));
    const sealed = await poolsOf(app, gameId);
    expect(sealed.map(({ state }) => state)).toEqual(['sealed', 'sealed', 'open']);
    for (const pool of sealed.slice(0, 2)) {
      expect(new Set(pool.entries.items.map(({ status }) => status))).toEqual(new Set(['started']));
      expect(pool).toMatchObject({ winner: null, award: null, assurance: { level: 'B' } });
      expect(await fields(pool.notes.open)).toMatchObject({
        closes: 'when-full 10',
        beacon: `${beacon.chain.chain.hash} after-seal`,
      });
      const { sealed: sealedAt = '' } = await fields(pool.notes.seal);
      expect(beacon.chain.chain.firstRoundAtOrAfter(new Date(Date.parse(sealedAt) + MINUTE))).toBe(await roundOf(pool));
    }
    await reconcile(app, replica);
    expect((await poolsOf(app, gameId))[0]?.state).toBe('sealed');

    await moveClock(MINUTE + 4_000);
    await reconcile(app, replica);
    const drawn = await poolsOf(app, gameId);
    expect(drawn.map(({ state }) => state)).toEqual(['drawn', 'drawn', 'open']);
    for (const pool of drawn.slice(0, 2)) {
      const signature = beacon.chain.sign(await roundOf(pool)).toString('hex');
      expect(await fields(pool.notes.draw)).toMatchObject({ 'beacon-signature': signature, assurance: 'B' });
      expect(pool).toMatchObject({ award: { winSum: '900' } });
      const [opens, sealedAt, drawnAt] = await Promise.all([
        fields(pool.notes.open).then(({ opens }) => opens),
        fields(pool.notes.seal).then(({ sealed }) => sealed),
        fields(pool.notes.draw).then(({ drawn }) => drawn),
      ]);
      const events = await eventsOf(app, pool.id);
      const times = { 'pool.opened': opens, 'pool.sealed': sealedAt, 'pool.drawn': drawnAt, 'pool.awarded': drawnAt };
      expect(Object.fromEntries(events.map(({ type, payload }) => [type, payload['time']]))).toEqual(times);
      expect(Object.fromEntries(events.map(({ type, at }) => [type, at.toISOString()]))).toEqual(times);
      expect(events.map(({ type }) => type)).toEqual(Object.keys(times));
    }
    await moveClock(0);
  });

  it('are each drawn once by any number of replicas, and the relay is asked once for a round, not for each pool', async () => {
    const games = Array.from({ length: 40 }, () => randomUUID());
    await take(
      app,
      games.flatMap((gameId) => stakesOn(gameId, 20)),
    );
    await moveClock(2 * MINUTE);
    const before = beacon.relays[0]!.requests.length;
    await reconcile(app, replica, app, replica);
    await reconcile(app, replica);
    const asked = beacon.relays[0]!.requests.slice(before);
    // Each replica asks for itself, at most once for each of two neighbouring rounds.
    expect(asked.length).toBeLessThanOrEqual(4);
    const [row] = await app.database.dataSource.query<[{ drawn: number; awards: number }]>(
      `select count(*)::int as drawn, (select count(*)::int from pool_awards where game_id = any($1)) as awards
       from pools where game_id = any($1) and state = 'drawn'`,
      [games],
    );
    expect(row).toEqual({ drawn: 80, awards: 80 });
    await moveClock(0);
  });

  describe('of which some cannot be drawn', () => {
    /** Many pools become due, longest waiting first; those of the games from `first` to `end` cannot be drawn. */
    const fallDue = async (first = 0, end = 0): Promise<string[]> => {
      const games = Array.from({ length: 40 }, () => randomUUID());
      await take(
        app,
        games.flatMap((gameId) => stakesOn(gameId, 10)),
      );
      const waiting = await app.database.dataSource.query<{ gameId: string }[]>(
        `select game_id as "gameId" from pools where state = 'sealed' and game_id = any($1) order by decided_at, id`,
        [games],
      );
      const due = waiting.map(({ gameId }) => gameId);
      const refused = due.slice(first, end).map((gameId) => `'${gameId}'`);
      await app.database.dataSource.query(
        `alter table pool_awards add constraint planted check (game_id <> all (array[${refused.join()}]::uuid[]))`,
      );
      await moveClock(2 * MINUTE);
      return due;
    };

    const heal = async (): Promise<void> => {
      await app.database.dataSource.query('alter table pool_awards drop constraint if exists planted');
    };

    /** Of the one full pool of each game. */
    const statesOf = async (games: readonly string[]): Promise<(string | undefined)[]> => {
      const full = await app.database.dataSource.query<{ gameId: string; state: string }[]>(
        `select game_id as "gameId", state from pools where game_id = any($1) and state <> 'open'`,
        [games],
      );
      const states = new Map(full.map(({ gameId, state }) => [gameId, state]));
      return games.map((gameId) => states.get(gameId));
    };

    const drawn = async (games: readonly string[]): Promise<boolean> => {
      await reconcile(app, replica);
      return (await statesOf(games)).every((state) => state === 'drawn');
    };

    let errors: jest.SpyInstance;

    beforeEach(() => (errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined)));
    afterEach(async () => {
      jest.restoreAllMocks();
      await heal();
      await moveClock(0);
    });

    it('hold up no other, are named, and are drawn when they can be', async () => {
      const games = await fallDue(5, 6);
      const bad = games.splice(5, 1);
      await until(() => drawn(games));
      expect(await statesOf(bad)).toEqual(['sealed']);
      const [stuck] = await poolsOf(app, bad[0] ?? '');
      expect(errors.mock.calls.map(([text]) => text)).toContainEqual(expect.stringContaining(stuck?.id ?? ''));
      await heal();
      await until(() => drawn(bad), 30_000);
    });

    it('hold up no other, however many of them are first', async () => {
      const games = await fallDue(0, 30);
      const bad = games.splice(0, 30);
      await until(() => drawn(games), 30_000);
      expect(new Set(await statesOf(bad))).toEqual(new Set(['sealed']));
    });

    it('hold up no other where the beacon cannot even be asked for them', async () => {
      const prepare = DrawWinners.prototype.prepare;
      const stuck: string[] = [];
      jest.spyOn(DrawWinners.prototype, 'prepare').mockImplementation(function (this: DrawWinners, ids) {
        return stuck.length === 0 || ids.some((id) => stuck.includes(id))
          ? Promise.reject(new Error('planted'))
          : prepare.call(this, ids);
      });
      const games = await fallDue();
      stuck.push((await poolsOf(app, games[0] ?? ''))[0]?.id ?? '');
      await until(() => drawn(games.slice(1)), 30_000);
      expect(await statesOf(games.slice(0, 1))).toEqual(['sealed']);
      jest.restoreAllMocks();
      await until(() => drawn(games), 30_000);
    });

    it('are left to the next replica where this one is told to stop', async () => {
      const games = await fallDue();
      const draws = app.app.get(DrawPools, { strict: false });
      expect(await draws.execute([], AbortSignal.abort())).toMatchObject({ drawn: 0 });
      await until(() => drawn(games), 30_000);
    });
  });

  it('stay sealed while the beacon does not answer, and hold up no game', async () => {
    const gameId = randomUUID();
    beacon.relays[0]!.fault = 'not found';
    await take(app, stakesOn(gameId, 10));
    await moveClock(2 * MINUTE);
    await reconcile(app, replica);
    await take(replica, stakesOn(gameId, 10));
    const waiting = await poolsOf(app, gameId);
    expect(waiting.map(({ state, award }) => [state, award])).toEqual([
      ['sealed', null],
      ['sealed', null],
      ['open', null],
    ]);
    beacon.relays[0]!.fault = null;
    await moveClock(4 * MINUTE);
    const someWait = async () => (await poolsOf(app, gameId)).some(({ state }) => state === 'sealed');
    for (let pass = 0; pass < 50 && (await someWait()); pass++) {
      await new Promise((done) => setTimeout(done, 100));
      await reconcile(app);
    }
    expect((await poolsOf(app, gameId)).map(({ state }) => state)).toEqual(['drawn', 'drawn', 'open']);
    await moveClock(0);
  });
});
