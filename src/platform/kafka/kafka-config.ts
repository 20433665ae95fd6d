import { isIPv6 } from 'node:net';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, Length, Matches, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { names, whole } from '../config/config-formats';
import type { Environment } from '../config/service-config';

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
/** More than any cluster needs to be found by. */
const MAX_BROKERS = 32;

/** A line feed at the end comes from a file that was read as it is. */
const Printable = () => Matches(/^\P{Cc}*$/u, { message: '$property must have no control characters' });

const flag = Transform(({ value }: { value: unknown }) =>
  value === 'true' || value === 'false' ? value === 'true' : value,
);
const Brokers = () =>
  ValidateBy({
    name: 'brokers',
    validator: {
      validate: (value: string[]) => value.length <= MAX_BROKERS && value.every(isBroker),
      defaultMessage: () => `KAFKA_BROKERS must be 1 to ${MAX_BROKERS} host:port, separated by commas`,
    },
  });

function isBroker(address: string): boolean {
  const [, name, v6, port] = /^(?:([\w.-]+)|\[([\da-f:.]+)\]):(\d{1,5})$/i.exec(address) ?? [];
  const isHost = name !== undefined || isIPv6(v6 ?? '');
  return isHost && Number(port) >= 1 && Number(port) <= 65_535;
}

/** How Kafka is reached, as .env.example documents it. Without brokers the service works without Kafka. */
export class KafkaConfig {
  /** host:port each. */
  @IsOptional()
  @names
  @Brokers()
  readonly KAFKA_BROKERS?: readonly string[];

  @flag
  @IsBoolean()
  readonly KAFKA_SSL: boolean = false;

  @IsOptional()
  @IsIn(MECHANISMS)
  readonly KAFKA_SASL_MECHANISM?: (typeof MECHANISMS)[number];

  @ValidateIf((config: KafkaConfig) => config.KAFKA_SASL_MECHANISM !== undefined)
  @Length(1, 255)
  @Printable()
  readonly KAFKA_SASL_USERNAME?: string;

  @ValidateIf((config: KafkaConfig) => config.KAFKA_SASL_MECHANISM !== undefined)
  @Length(1, 1024)
  @Printable()
  readonly KAFKA_SASL_PASSWORD?: string;

  /** Partitions of the topics that the service creates; those that exist stay as they are. */
  @whole
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly KAFKA_TOPIC_PARTITIONS: number = 8;

  static faults({ NODE_ENV, KAFKA_SASL_MECHANISM, KAFKA_SSL }: KafkaConfig & Environment): readonly string[] {
    const isReadable = KAFKA_SASL_MECHANISM === 'plain' && !KAFKA_SSL;
    return NODE_ENV === 'production' && isReadable
      ? ['KAFKA_SASL_MECHANISM plain sends the password as it is: it needs KAFKA_SSL=true']
      : [];
  }
}
