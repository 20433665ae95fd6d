import { randomBytes, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { TokenMint, TokenOwner } from '../../src/user/application/token-mint';
import type { TestApp } from './test-app';

export interface TestPlayer {
  readonly id: string;
  readonly name: string;
  /** `Bearer <access token>`. */
  readonly bearer: string;
}

/** For tokens of people who never logged in. */
const NO_SESSION = { sessionId: randomUUID(), refreshToken: '' };

/** People who are registered and logged in, without the time that password hashes take. */
export async function addPlayers({ app, database }: TestApp, count: number): Promise<TestPlayer[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await insertPlayers(database.dataSource, ids);
  const mint = app.get(TokenMint, { strict: false });
  return ids.map((id) => ({
    id,
    name: nameOf(id),
    bearer: bearerOf(mint, { id, role: 'player' }),
  }));
}

export async function addPlayer(app: TestApp): Promise<TestPlayer> {
  const [player] = await addPlayers(app, 1);
  return player as TestPlayer;
}

/** The bearer of the admin that every test app starts with. */
export async function adminBearer({ app, database }: TestApp): Promise<string> {
  const [admin] = await database.dataSource.query<[{ id: string }]>(`select id from users where role = 'admin'`);
  return bearerOf(app.get(TokenMint, { strict: false }), { id: admin.id, role: 'admin' });
}

export function bearerOf(mint: TokenMint, owner: TokenOwner): string {
  return `Bearer ${mint.tokensFor(owner, NO_SESSION).accessToken}`;
}

async function insertPlayers(dataSource: DataSource, ids: string[]): Promise<void> {
  await dataSource.query(
    `insert into users (id, username, username_key, password_hash, role, player_salt, created_at)
     select id, name, name, 'no log-in', 'player', decode(salt, 'hex'), now()
     from unnest($1::uuid[], $2::text[], $3::text[]) as player (id, name, salt)`,
    [ids, ids.map(nameOf), ids.map(() => randomBytes(32).toString('hex'))],
  );
}

function nameOf(id: string): string {
  return `player-${id.slice(0, 8)}`;
}
