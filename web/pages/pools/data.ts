import type { Api, Of } from '../../client/api';
import type { PageRequest } from '../../facts';

const SHOWN = 50;

export interface PoolsData {
  readonly items: Of<'/pools'>['items'];
  readonly nextCursor: string | null;
  readonly isOlder: boolean;
}

export async function load(api: Api, { query }: PageRequest): Promise<PoolsData> {
  const { items, nextCursor } = await api.get('/pools', { query: { limit: SHOWN, cursor: query['cursor'] } });
  return { items, nextCursor, isOlder: query['cursor'] !== undefined };
}
