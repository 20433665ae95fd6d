import { ArchiveConfig } from '../ballot/infrastructure/archive-config';
import { BallotConfig } from '../ballot/infrastructure/ballot-config';
import { BeaconConfig } from '../draw/infrastructure/beacon-config';
import { LotteryConfig } from '../lottery/infrastructure/lottery-config';
import { Complete, ConfigOf, ConfigurationRefused } from '../platform/config/config';
import { ServiceConfig } from '../platform/config/service-config';
import { DatabaseConfig } from '../platform/database/database-config';
import { HttpConfig } from '../platform/http/http-config';
import { KafkaConfig } from '../platform/kafka/kafka-config';
import { LoggingConfig } from '../platform/logging/logging-config';
import { MetricsConfig } from '../platform/metrics/metrics-config';
import { ThrottlingConfig } from '../platform/throttling/throttling-config';
import { SigningConfig } from '../platform/transparency/signing-config';
import { SiteConfig } from '../site/infrastructure/site-config';
import { UserConfig } from '../user/infrastructure/user-config';
import { WebhookConfig } from '../webhook/infrastructure/webhook-config';

/** Everything that can be configured, as .env.example documents it. */
export const SECTIONS = [
  ServiceConfig,
  HttpConfig,
  ThrottlingConfig,
  DatabaseConfig,
  LoggingConfig,
  MetricsConfig,
  KafkaConfig,
  SigningConfig,
  UserConfig,
  BeaconConfig,
  ArchiveConfig,
  BallotConfig,
  LotteryConfig,
  WebhookConfig,
  SiteConfig,
] as const;

/** What a start can make for itself, and the service cannot be without. */
const NEEDED = ['DATABASE_URL', 'SIGNING_KEY', 'JWT_SECRET', 'INTERNAL_CLOSE_TOKEN'] as const;

export type Config = ConfigOf<typeof SECTIONS>;
/** A configuration with which the service can start. */
export type CompleteConfig = Complete<Config, (typeof NEEDED)[number]>;

/**
 * Fills what is not configured from what a start has made.
 *
 * @throws ConfigurationRefused if something needed is in neither.
 */
export function completeConfig(config: Config, made: Partial<Config> = {}): CompleteConfig {
  const complete = { ...made, ...config };
  if (isComplete(complete)) return complete;
  const missing = NEEDED.filter((name) => complete[name] === undefined);
  throw new ConfigurationRefused(missing.map((name) => `${name} is missing`));
}

function isComplete(config: Config): config is CompleteConfig {
  return NEEDED.every((name) => config[name] !== undefined);
}
