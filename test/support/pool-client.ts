import { randomUUID } from 'node:crypto';
import { EntryReceipt, Stake, StakeIntake } from '../../src/pool/pool.api';
import { adminBearer } from './players';
import { CLOSE_TOKEN, TestApp } from './test-app';

export interface PoolEntryBody {
  readonly id: string;
  readonly poolId: string;
  readonly index: number;
  readonly status: string;
  readonly player: string;
  readonly stake: string;
  readonly line: string;
}

/** The answer to an announced stake. */
export interface StakeReceipt extends PoolEntryBody {
  readonly checkpoint: string;
}

export interface PoolBody {
  readonly id: string;
  readonly gameId: string;
  readonly state: 'open' | 'sealed' | 'drawn' | 'void';
  readonly size: number;
  readonly entryCount: number;
  readonly pot: string;
  readonly payoutShare: number;
  readonly entries: { readonly items: readonly PoolEntryBody[]; readonly nextCursor: string | null };
  readonly notes: { readonly open: string; readonly seal: string | null; readonly draw: string | null };
  readonly winner: PoolEntryBody | null;
  readonly award: { readonly id: string; readonly winSum: string; readonly house: string } | null;
  readonly assurance: { readonly level: string } | null;
}

export function stakeOn(gameId: string, stakeMinor = 100n, userId: string = randomUUID()): Stake {
  return { messageId: randomUUID(), userId, gameId, stakeMinor };
}

export function stakesOn(gameId: string, count: number): Stake[] {
  return Array.from({ length: count }, () => stakeOn(gameId));
}

export function take({ app }: TestApp, stakes: readonly Stake[]): Promise<ReadonlyMap<string, EntryReceipt>> {
  return app.get<StakeIntake>(StakeIntake, { strict: false }).take(stakes);
}

/** As a game service without Kafka announces it. */
export function announce(app: TestApp, { messageId, userId, gameId, stakeMinor }: Stake) {
  return app
    .request()
    .post('/pools/stakes')
    .set('x-internal-token', CLOSE_TOKEN)
    .set('idempotency-key', messageId)
    .send({
      message: { eventType: 'player.stakeCreated' },
      game: { playerId: userId, gameId, stake: stakeMinor.toString() },
    });
}

export async function setRules(app: TestApp, gameId: string, rules: { size: number; payoutShare: number }) {
  const bearer = await adminBearer(app);
  await app.request().put(`/pools/rules/${gameId}`).set('authorization', bearer).send(rules).expect(200);
}

/** All pools of the game, oldest first, each with its details. */
export async function poolsOf(app: TestApp, gameId: string): Promise<PoolBody[]> {
  const { body } = await app.request().get(`/pools?gameId=${gameId}&limit=100`).expect(200);
  const ids = (body.items as PoolBody[]).map(({ id }) => id).reverse();
  return Promise.all(ids.map(async (id) => (await app.request().get(`/pools/${id}`).expect(200)).body as PoolBody));
}

/** What the service announced about a pool, in the order in which it is delivered. */
export async function eventsOf({ database }: TestApp, poolId: string) {
  type Row = { type: string; version: number; payload: Record<string, unknown>; at: Date };
  return database.dataSource.query<Row[]>(
    `select type, aggregate_version as version, payload, occurred_at as at from outbox_events where aggregate_id = $1
     order by aggregate_version`,
    [poolId],
  );
}
