import type { Api } from '../../client/api';
import type { PageRequest } from '../../facts';

export interface VerifyData {
  /** The day that is asked for, else that of the newest draw; empty if there is none. */
  readonly date: string;
  /** The newest day that was drawn; empty if there is none. */
  readonly latest: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export async function load(api: Api, { query }: PageRequest): Promise<VerifyData> {
  const { items } = await api.get('/lotteries', { query: { limit: 1, state: 'drawn' } });
  const latest = items[0]?.date ?? '';
  const asked = query['date'] ?? '';
  return { date: DAY.test(asked) ? asked : latest, latest };
}
