import { randomUUID } from 'node:crypto';
import { OpenLottery } from '../../src/lottery/application/open-lottery';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { Reconciler } from '../../src/lottery/infrastructure/reconciler';
import { PoolReconciler } from '../../src/pool/infrastructure/pool-reconciler';
import { Clock } from '../../src/shared/application/clock';
import { fillLottery } from '../load/support/filled-lottery';
import { BeaconEnvironment, startBeacon } from '../support/beacon-environment';
import { close, drawIdOf, openFreshLottery, submit } from '../support/lottery-client';
import { addPlayers, adminBearer, TestPlayer } from '../support/players';
import { poolsOf, setRules, stakesOn, take } from '../support/pool-client';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';

/** Subtrees of 16 and of 256. */
export const BALLOTS = 300;
const DAYS = 20;
export const POOLS = 3;

/** A database that has something of everything that the service stores. */
export interface PlayedDatabase {
  readonly database: TestDatabase;
  readonly beacon: BeaconEnvironment;
  /** Replicas without and with the beacon. */
  readonly plain: TestApp;
  readonly bound: TestApp;
  /** The verifier key. */
  readonly key: string;
  /** Ids and dates by what they are. */
  readonly names: Record<string, string>;
}

/** `given`: where something has been played already. */
export async function playDatabase(given?: TestDatabase): Promise<PlayedDatabase> {
  const beacon = await startBeacon();
  const database = given ?? (await createTestDatabase());
  const plain = await startTestApp({}, database);
  const bound = await startTestApp(beacon.config, database);
  const key = (await plain.request().get('/verifier-key')).text.trim();
  const played = { database, beacon, plain, bound, key, names: {} };
  await playLotteries(played);
  await playPools(played);
  return played;
}

/** One of each kind: drawn with exclusions and many ballots, void, drawn with a beacon, and waiting for one. */
async function playLotteries({ database, plain, bound, names }: PlayedDatabase): Promise<void> {
  const players = await addPlayers(plain, 6);
  const date = await openFreshLottery(plain);
  for (const player of players) await submit(plain, date, player, `key ${player.id}`).expect(201);
  names['drawn'] = await drawIdOf(plain, date);
  names['date'] = date;
  names['player'] = players[1]!.id;
  names['other'] = players[2]!.id;
  await ban(plain, players[5]!);
  await close(plain, date, '&early=true').expect(200);

  await fillLottery(
    plain.app,
    '2091-01-01',
    BALLOTS,
    players.slice(0, 5).map(({ id }) => id),
  );
  names['large'] = await drawIdOf(plain, '2091-01-01');
  const open = plain.app.get(OpenLottery, { strict: false });
  for (let day = 1; day <= DAYS; day++) {
    await open.openUnlessThere(LotteryDate.of(new Date(Date.UTC(2092, 0, day))), 'service');
  }
  names['empty'] = await openFreshLottery(plain);
  await close(plain, names['empty'], '&early=true').expect(200);

  const byClock = await openFreshLottery(bound);
  await submit(bound, byClock, players[0]!).expect(201);
  names['beacon'] = await drawIdOf(bound, byClock);
  const waiting = await openFreshLottery(bound);
  await submit(bound, waiting, players[0]!).expect(201);
  await close(bound, waiting, '&early=true').expect(200);
  names['waiting'] = await drawIdOf(bound, waiting);
  for (const secondsLater of [1, 70]) {
    await database.setClock(new Date(Date.parse(`${byClock}T24:00:00Z`) + 1_000 * secondsLater));
    await bound.app.get(Clock).synchronise();
    await bound.app.get(Reconciler, { strict: false }).tick();
  }
}

async function playPools({ database, plain, bound, names }: PlayedDatabase): Promise<void> {
  const gameId = randomUUID();
  await database.setClockOffset(0);
  for (const app of [plain, bound]) await app.app.get(Clock).synchronise();
  await setRules(plain, gameId, { size: 2, payoutShare: 9_000 });
  await take(plain, stakesOn(gameId, 2 * POOLS + 1));
  const ofBeacon = randomUUID();
  await take(bound, stakesOn(ofBeacon, 10));
  await database.setClockOffset(120_000);
  await bound.app.get(Clock).synchronise();
  await bound.app.get(PoolReconciler, { strict: false }).tick();
  names['pool'] = (await poolsOf(plain, gameId))[0]!.id;
  names['sealed pool'] = (await poolsOf(plain, ofBeacon))[0]!.id;
}

async function ban(plain: TestApp, { id }: TestPlayer): Promise<void> {
  const bearer = await adminBearer(plain);
  await plain.request().post(`/users/${id}/ban`).set('authorization', bearer).send({}).expect(204);
}
