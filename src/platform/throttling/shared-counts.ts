import { Logger } from '@nestjs/common';
import Redis from 'ioredis';

const CONNECT_TIMEOUT_MS = 2_000;
/** Redis answers within a millisecond. A connection silent for this long is dropped and dialled again. */
const SILENCE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Connects to the Redis in which replicas count together. No request waits while Redis is down: commands then fail at
 * once, so that each process can count alone. Logs once that it is lost, and once that it is back.
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
    if (isThere !== false) logger.warn(`Redis does not answer (${error.message}): each process counts alone.`);
    isThere = false;
  });
  redis.on('close', () => {
    if (isThere) logger.warn('Redis is gone: each process counts alone.');
    isThere = false;
  });
  return redis;
}
