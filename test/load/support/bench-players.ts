import { randomBytes, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { SystemRandomness } from '../../../src/platform/randomness/system-randomness';
import { JwtAccessTokens } from '../../../src/user/infrastructure/jwt-access-tokens';
import { JwtTokenMint } from '../../../src/user/infrastructure/jwt-token-mint';
import { completeConfigFrom } from '../../support/complete-config';

const BANNED = 100;

/** What the service is started with: what it needs, all else as it is by default. */
export function benchEnvironment(databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
    JWT_SECRET: 'a benchmark key for tokens, forty chars!',
    INTERNAL_CLOSE_TOKEN: 'f00dfeedf00dfeedf00dfeedf00dfeed',
    LOG_LEVEL: 'error',
    // Requests are counted as in production, and none is refused.
    ADDRESS_REQUESTS_PER_SECOND: '1000000',
    USER_REQUESTS_PER_SECOND: '1000000',
    USER_BALLOTS_PER_SECOND: '1000000',
  };
}

/** Registers people without the time that password hashes take, and returns their ids. */
export async function addPlayers(dataSource: DataSource, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await dataSource.query(
    `insert into users (id, username, username_key, password_hash, role, player_salt, created_at)
     select id, 'player-' || id, 'player-' || id, 'no log-in', 'player', decode(salt, 'hex'), now()
     from unnest($1::uuid[], $2::text[]) as player (id, salt)`,
    [ids, ids.map(() => randomBytes(32).toString('hex'))],
  );
  await dataSource.query('analyze users');
  return ids;
}

/** People of ours, whom each seal looks for among its players. */
export async function addBanned(dataSource: DataSource): Promise<void> {
  await addPlayers(dataSource, BANNED);
  await dataSource.query('update users set banned_at = now()');
}

/** Access tokens of these players; they last ten minutes. */
export function tokensOf(playerIds: readonly string[], databaseUrl: string): string[] {
  const config = completeConfigFrom(benchEnvironment(databaseUrl));
  const mint = new JwtTokenMint(config, new JwtAccessTokens(config, config), new SystemRandomness());
  return playerIds.map(
    (id) => mint.tokensFor({ id, role: 'player' }, { sessionId: randomUUID(), refreshToken: '' }).accessToken,
  );
}
