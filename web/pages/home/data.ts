import type { Api, Of } from '../../client/api';

/** Lotteries in the table. */
const SHOWN = 7;

export interface HomeData {
  /** Null while there is none. */
  readonly today: Of<'/lotteries/{date}'> | null;
  /** The newest lottery that has a winner. */
  readonly latest: Of<'/lotteries/{date}'> | null;
  readonly recent: Of<'/lotteries'>['items'];
}

export async function load(api: Api): Promise<HomeData> {
  const [today, { items }, { items: drawn }] = await Promise.all([
    api.find('/lotteries/{date}', { params: { date: 'today' } }),
    api.get('/lotteries', { query: { limit: SHOWN + 2 } }),
    api.get('/lotteries', { query: { limit: 1, state: 'drawn' } }),
  ]);
  const newest = drawn[0];
  const latest = newest ? await api.find('/lotteries/{date}', { params: { date: newest.date } }) : null;
  // Those of days to come are open, too, and say nothing yet.
  const begun = items.filter(({ date }) => today === null || date <= today.date);
  return { today, latest, recent: begun.slice(0, SHOWN) };
}
