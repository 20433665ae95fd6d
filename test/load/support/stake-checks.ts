import type { BenchDatabase } from './bench-database';
import { whole } from './report';

/** @throws Error unless every stake is an entry, every full pool drawn, and each of those has its award. */
export async function checkStakes({ dataSource, count }: BenchDatabase, made: number): Promise<{ awards: number }> {
  const [entries, awards] = [await count('pool_entries'), await count('pool_awards')];
  const [row] = await dataSource.query<[{ drawn: string; full: string; entered: string }]>(
    `select count(*) filter (where state = 'drawn') as drawn, count(*) filter (where entries = size) as full,
       sum(entries) as entered from pools`,
  );
  const [drawn, full, entered] = [row.drawn, row.full, row.entered].map(Number);
  if (entries !== made || entered !== made) throw new Error(`${made} stakes became ${entries} entries`);
  if (drawn !== full || awards !== full) throw new Error(`${full} full pools, ${drawn} drawn, ${awards} awards`);
  console.log(`\n${whole(made)} stakes, each an entry; ${whole(awards)} pools, each drawn and with its one award`);
  return { awards };
}
