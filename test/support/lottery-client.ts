import { adminBearer, TestPlayer } from './players';
import { CLOSE_TOKEN, TestApp } from './test-app';

export interface Receipt {
  readonly id: string;
  readonly lotteryDate: string;
  readonly index: number;
  readonly player: string;
  readonly submittedAt: string;
  readonly line: string;
  readonly checkpoint: string;
}

export interface LotteryBody {
  readonly date: string;
  readonly state: 'open' | 'sealed' | 'drawn' | 'void';
  readonly opensAt: string;
  readonly closesAt: string;
  readonly ballots: number;
  readonly notes: { readonly open: string; readonly seal: string | null; readonly draw: string | null };
  readonly winner: { readonly ballotId: string; readonly userId: string; readonly index: number } | null;
  readonly assurance: { readonly level: string; readonly sentence: string };
}

let day = 0;

/** Opens the lottery of a future day that no other test of this file uses. */
export async function openFreshLottery(app: TestApp): Promise<string> {
  const date = new Date(Date.UTC(2090, 0, ++day)).toISOString().slice(0, 10);
  const bearer = await adminBearer(app);
  await app.request().post('/lotteries').set('authorization', bearer).send({ date }).expect(201);
  return date;
}

export function submit(app: TestApp, date: string, { bearer }: TestPlayer, key?: string) {
  const request = app.request().post(`/lotteries/${date}/ballots`).set('authorization', bearer);
  return key === undefined ? request : request.set('idempotency-key', key);
}

export function close(app: TestApp, date: string, query = '') {
  return app.request().post(`/lotteries/close?date=${date}${query}`).set('x-internal-token', CLOSE_TOKEN);
}

export async function drawIdOf({ database }: TestApp, date: string): Promise<string> {
  const rows = await database.dataSource.query<{ id: string }[]>(
    'select draw_id as id from lotteries where date = $1',
    [date],
  );
  return (rows[0] as { id: string }).id;
}
