import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { AppendBallots } from '../../src/ballot/application/append-ballots';
import { Lotteries } from '../../src/lottery/application/lotteries';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { BallotMonths } from '../../src/ballot/infrastructure/ballot-months';
import { Reconciler } from '../../src/lottery/infrastructure/reconciler';
import { Clock } from '../../src/shared/application/clock';
import { close, openFreshLottery, submit } from './lottery-client';
import { addPlayers } from './players';
import { setRules, stakesOn, take } from './pool-client';
import type { TestApp } from './test-app';

export interface OldMonth {
  /** Days of lotteries: many ballots in one batch, some one by one, one that was closed empty. */
  readonly large: string;
  readonly small: string;
  readonly empty: string;
  /** Of three games, large and small, decided and open. */
  readonly pools: readonly string[];
  /** A key that made a ballot of `small`, and whose. */
  readonly key: { readonly bearer: string; readonly value: string };
}

/** Sets the database's clock, and lets the service see it and do what is due. */
export async function setClock({ app, database }: TestApp, instant: string): Promise<void> {
  await database.setClock(new Date(instant));
  await app.get(Clock).synchronise();
  await app.get(BallotMonths, { strict: false }).tick();
  await app.get(Reconciler, { strict: false }).tick();
}

/** Lotteries and pools that are opened and decided at the database's present time. */
export async function playMonth(app: TestApp, ballots = 2_500): Promise<OldMonth> {
  const [large, small, empty] = [await openFreshLottery(app), await openFreshLottery(app), await openFreshLottery(app)];
  const players = await addPlayers(app, 40);
  const drawId = await app.app.get<Lotteries>(Lotteries, { strict: false }).drawIdOf(LotteryDate.parse(large));
  const append = app.app.get(AppendBallots, { strict: false });
  for (let filled = 0; filled < ballots; filled += 500) {
    const batch = Array.from({ length: Math.min(500, ballots - filled) }, (_, i) => {
      return { drawId, userId: players[(filled * 7 + i) % 40]!.id, idempotencyKey: randomUUID(), count: 1 };
    });
    await append.execute(drawId, batch);
  }
  const key = randomUUID();
  for (const player of players.slice(0, 9)) await submit(app, small, player, key).expect(201);
  for (const date of [large, small, empty]) await close(app, date, '&early=true').expect(200);
  const [slow, fast] = [randomUUID(), randomUUID()];
  await setRules(app, slow, { size: 300, payoutShare: 9_000 });
  await take(app, stakesOn(slow, 300));
  await take(app, stakesOn(fast, 20));
  // The last pool of a game that has ended: it will never be full.
  await take(app, stakesOn(randomUUID(), 7));
  const pools = await app.database.dataSource.query<{ id: string }[]>('select id from pools order by id');
  return { large, small, empty, pools: pools.map(({ id }) => id), key: { bearer: players[0]!.bearer, value: key } };
}

/** What anybody can ask about the month, as URLs. */
export async function questionsAbout(app: TestApp, { large, small, empty, pools }: OldMonth): Promise<string[]> {
  const of = (path: string, ...names: string[]) => names.map((name) => `${path}/${name}`);
  const parts = ['bundle', 'ballots.txt', 'checkpoint'];
  const urls = [large, small, empty].flatMap((date) => [
    `/lotteries/${date}`,
    `/lotteries/${date}/ballots?limit=100`,
    ...of(`/lotteries/${date}`, 'winner', ...parts),
  ]);
  urls.push(`/lotteries/${large}/ballots?limit=100&cursor=1000`, `/lotteries/${large}/ballots?limit=100&cursor=2450`);
  urls.push(`/lotteries/${large}/consistency?from=3&to=1500`, `/lotteries/${large}/consistency?from=2048&to=2500`);
  urls.push(`/lotteries/${small}/consistency?from=1&to=9`, `/lotteries/winner?date=${small}`);
  for (const pool of pools) urls.push(`/pools/${pool}`, `/pools/${pool}/entries`, ...of(`/pools/${pool}`, ...parts));
  const rows = await app.database.dataSource.query<{ id: string }[]>(
    `select id from ballots where index in (0, 5, 255, 256, 767, 768, 1023, 1024, 1700, 2303, 2499)`,
  );
  for (const { id } of rows) urls.push(`/ballots/${id}`, `/ballots/${id}/proof`);
  urls.push(
    ...rows.slice(0, 3).flatMap(({ id }) => [1, 9, 500, 1_000].map((size) => `/ballots/${id}/proof?size=${size}`)),
  );
  return urls;
}

/** Status, entity tag and body of each answer; not what differs by its nature. */
export async function answersTo(app: TestApp, urls: readonly string[]): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const url of urls) {
    const { status, headers, text } = await app.request().get(url);
    answers[url] = { status, etag: headers['etag'], text: text.replace(/urn:request:[0-9a-f-]+/, '') };
  }
  return answers;
}

/** The built program, as an operator calls it. */
export function runArchiver(
  environment: Record<string, string>,
  ...given: string[]
): Promise<{ code: number | string; stdout: string; stderr: string }> {
  const env = { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, ['dist/src/programs/archive.js', ...given], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? error.signal ?? 'unknown') : 0, stdout, stderr });
    });
  });
}
