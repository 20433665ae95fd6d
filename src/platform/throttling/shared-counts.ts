import { Logger } from '@nestjs/common';
import Redis from 'ioredis';

const CONNECT_TIMEOUT_MS = 2_000;
/** Redis answers within a millisecond. One that has said nothing for so long is given up, and dialled anew. */
const SILENCE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/**
 * The Redis in which replicas count together. Nobody waits for it while it is away: what is asked meanwhile fails at once,
 * so that each process can count for itself. It says once that it is lost, and once that it is back.
 */
export function connectSharedCounts(url: string): Redis {
  const logger = new Logger('SharedCounts');
  let isThere: boolean | null = null;
  const redis = new Redis(url, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    retryStrategy: (attempts) => Math.min(attempts * 100, LONGEST_PAUSE_MS),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
  });
  redis.on('ready', () => {
    isThere = true;
    logger.log('Redis answers: all replicas count requests together.');
  });
  redis.on('error', (error: Error) => {
    if (isThere !== false) logger.warn(`Redis does not answer (${error.message}): each process counts for itself.`);
    isThere = false;
  });
  redis.on('close', () => {
    if (isThere) logger.warn('Redis has gone: each process counts for itself.');
    isThere = false;
  });
  return redis;
}
