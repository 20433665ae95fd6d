import type { Api, Of } from '../../client/api';
import type { PageRequest } from '../../facts';

export type PoolData = Of<'/pools/{id}'>;

export function load(api: Api, { params }: PageRequest): Promise<PoolData> {
  return api.get('/pools/{id}', { params });
}
