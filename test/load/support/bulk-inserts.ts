import { randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Pool } from 'pg';
import { v7 } from 'uuid';

const ROWS = 1_000;

const INSERT = {
  name: 'bulk-insert',
  text: `insert into ballots (draw_id, index, id, user_id, player, submitted_at)
    select $1, $2 + place - 1, id, user_id, decode(player, 'hex'), now()
    from unnest($3::uuid[], $4::uuid[], $5::text[]) with ordinality as t (id, user_id, player, place)`,
};

/**
 * The database alone, as fast as one client can fill the table of the ballots: a thousand rows in each statement, which
 * is a transaction of its own. Returns rows per second.
 */
export async function insertInBulk(url: string, players: readonly string[], seconds: number): Promise<number> {
  const pool = new Pool({ connectionString: url, max: 1 });
  const drawId = v7();
  const player = randomBytes(16).toString('hex');
  const startedAt = performance.now();
  let rows = 0;
  while (performance.now() - startedAt < 1_000 * seconds) {
    const ids = Array.from({ length: ROWS }, () => v7());
    const users = ids.map((_, i) => players[i % players.length] ?? randomUUID());
    await pool.query({ ...INSERT, values: [drawId, rows, ids, users, ids.map(() => player)] });
    rows += ROWS;
  }
  const perSecond = (1_000 * rows) / (performance.now() - startedAt);
  await pool.end();
  return perSecond;
}
