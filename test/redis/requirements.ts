import type { Requirements } from '../support/requirements';
import { hasRedis } from './support/redis-server';

export const requirements: Requirements = {
  needs: 'a redis-server of their own, which they start and kill',
  remedy: ['apt-get install --no-install-recommends redis-server   (Debian)'],
  missing: async () => (hasRedis() ? [] : ['redis-server']),
};
