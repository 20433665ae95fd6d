import { randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Pool } from 'pg';
import type { Measured } from './load';

const INSERT = {
  name: 'insert',
  text: `insert into single_rows (draw_id, index, id, user_id, player, submitted_at) values ($1, $2, $3, $4, $5, now())`,
};

/** The database alone: so many connections insert one row per transaction into a table like that of the ballots. */
export async function insertSingleRows(url: string, connections: number, seconds: number): Promise<Measured> {
  const pool = new Pool({ connectionString: url, max: connections });
  await pool.query('create table if not exists single_rows (like ballots including all)');
  const drawId = randomUUID();
  const player = randomBytes(16);
  const latenciesMs: number[] = [];
  let index = 0;
  const startedAt = performance.now();
  const insertUntilTheEnd = async (): Promise<void> => {
    const client = await pool.connect();
    while (performance.now() - startedAt < 1_000 * seconds) {
      const sentAt = performance.now();
      await client.query({ ...INSERT, values: [drawId, index++, randomUUID(), randomUUID(), player] });
      latenciesMs.push(performance.now() - sentAt);
    }
    client.release();
  };
  await Promise.all(Array.from({ length: connections }, insertUntilTheEnd));
  const perSecond = (1_000 * latenciesMs.length) / (performance.now() - startedAt);
  await pool.end();
  latenciesMs.sort((a, b) => a - b);
  const quantile = (part: number) => latenciesMs[Math.floor(part * latenciesMs.length)] ?? 0;
  return { created: latenciesMs.length, refused: 0, perSecond, p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}
