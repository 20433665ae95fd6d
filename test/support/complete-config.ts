import { readConfig } from '../../src/platform/config/config';
import { CompleteConfig, completeConfig, SECTIONS } from '../../src/programs/config';
import { ANY_CLOCK } from './database-clock';

/** Secrets that are none, so that what is made once can be read again. */
const KNOWN_TO_ALL = {
  SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
  JWT_SECRET: 'a test key for tokens, forty characters!',
  INTERNAL_CLOSE_TOKEN: 'f00dfeedf00dfeedf00dfeedf00dfeed',
};

/** A configuration with which the service can start, as from this environment. @throws without DATABASE_URL */
export function completeConfigFrom(environment: Readonly<Record<string, string>>): CompleteConfig {
  return completeConfig(
    readConfig(SECTIONS, { MAX_CLOCK_SKEW_SECONDS: ANY_CLOCK, SITE: 'off', ...environment }),
    KNOWN_TO_ALL,
  );
}
