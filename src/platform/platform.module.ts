import { DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../shared/application/audit-trail';
import { Clock } from '../shared/application/clock';
import { DispatchEvents } from '../shared/application/dispatch-events';
import { EventCatalogue } from '../shared/application/event-catalogue';
import { EventChannels } from '../shared/application/event-channels';
import { EventSubscribers } from '../shared/application/event-subscribers';
import { Ids } from '../shared/application/ids';
import { NoteSigner } from '../shared/application/note-signer';
import { Inbox } from '../shared/application/inbox';
import { Metrics, NoMetrics } from '../shared/application/metrics';
import { Outbox } from '../shared/application/outbox';
import { Randomness } from '../shared/application/randomness';
import { UnitOfWork } from '../shared/application/unit-of-work';
import { VerifierKeys } from '../shared/application/verifier-keys';
import { AuditController } from './audit/audit.controller';
import { AuditLogController } from './audit/audit-log.controller';
import type { ConfigOf, SectionClass } from './config/config';
import { ServiceConfig } from './config/service-config';
import { DatabaseClock } from './database/database-clock';
import { DispatchChannel } from './events/dispatch-channel';
import { configuredSigner } from './transparency/ed25519-note-signer';
import { HealthController } from './health/health.controller';
import { InboxRows } from './events/inbox-rows';
import { EventRoutes } from './kafka/event-routes';
import { KafkaConfig } from './kafka/kafka-config';
import { KafkaPublishing } from './kafka/kafka-publishing';
import { MetricsConfig } from './metrics/metrics-config';
import { MetricsServer } from './metrics/metrics-server';
import { OutboxMetrics } from './events/outbox-metrics';
import { OutboxRelay } from './events/outbox-relay';
import { OutboxRows } from './events/outbox-rows';
import { ProblemFilter } from './problems/problem.filter';
import { ProblemsController } from './documents/problems.controller';
import { PrometheusMetrics } from './metrics/prometheus-metrics';
import { PublishChannel } from './events/publish-channel';
import { RelayPruning } from './events/relay-pruning';
import { Readiness } from './health/readiness';
import { RequestWatch } from './http/request-watch';
import { ConnectionMetrics } from './metrics/connection-metrics';
import { SigningConfig } from './transparency/signing-config';
import { SystemRandomness } from './randomness/system-randomness';
import { Throttle } from './throttling/throttle';
import { TypeOrmAuditTrail } from './audit/typeorm-audit-trail';
import { TypeOrmInbox } from './events/typeorm-inbox';
import { TypeOrmOutbox } from './events/typeorm-outbox';
import { TypeOrmUnitOfWork } from './database/typeorm-unit-of-work';
import { TypeOrmVerifierKeys } from './transparency/typeorm-verifier-keys';
import { UuidV7Ids } from './randomness/uuid-v7-ids';
import { InputValidationPipe } from './http/validation.pipe';
import { VerifierKeyController } from './transparency/verifier-key.controller';

const RELAY = [
  EventChannels,
  EventSubscribers,
  EventCatalogue,
  DispatchEvents,
  OutboxRows,
  InboxRows,
  RelayPruning,
  DispatchChannel,
  PublishChannel,
  OutboxRelay,
];

const OBSERVATION = [MetricsServer, Readiness, RequestWatch, ConnectionMetrics];

function configuredMetrics({ METRICS_PORT }: MetricsConfig): Metrics {
  return METRICS_PORT === undefined ? new NoMetrics() : new PrometheusMetrics();
}

function configuredOutboxMetrics({ KAFKA_BROKERS }: KafkaConfig, metrics: Metrics, rows: OutboxRows): OutboxMetrics {
  return new OutboxMetrics(KAFKA_BROKERS !== undefined, metrics, rows);
}

/** What every module may inject without importing it. */
@Global()
@Module({})
export class PlatformModule {
  static readonly tags = {
    audit: 'Who did what when',
    problems: 'What each refusal means',
    health: 'For whoever runs the service',
  };

  /** Each section of the configuration can be injected by its class. */
  static with<const Sections extends readonly SectionClass[]>(
    sections: Sections,
    config: ConfigOf<Sections>,
    dataSource: DataSource,
  ): DynamicModule {
    return {
      module: PlatformModule,
      controllers: [AuditController, AuditLogController, HealthController, ProblemsController, VerifierKeyController],
      providers: [
        ...sections.map((provide) => ({ provide, useValue: config })),
        { provide: DataSource, useValue: dataSource },
        { provide: NoteSigner, useFactory: configuredSigner, inject: [SigningConfig, ServiceConfig] },
        { provide: VerifierKeys, useClass: TypeOrmVerifierKeys },
        { provide: Clock, useClass: DatabaseClock },
        { provide: Ids, useClass: UuidV7Ids },
        { provide: Randomness, useClass: SystemRandomness },
        TypeOrmUnitOfWork,
        { provide: UnitOfWork, useExisting: TypeOrmUnitOfWork },
        TypeOrmAuditTrail,
        { provide: AuditTrail, useExisting: TypeOrmAuditTrail },
        { provide: Outbox, useClass: TypeOrmOutbox },
        { provide: Inbox, useClass: TypeOrmInbox },
        ...RELAY,
        EventRoutes,
        KafkaPublishing,
        Throttle,
        { provide: Metrics, useFactory: configuredMetrics, inject: [MetricsConfig] },
        ...OBSERVATION,
        { provide: OutboxMetrics, useFactory: configuredOutboxMetrics, inject: [KafkaConfig, Metrics, OutboxRows] },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: InputValidationPipe },
      ],
      exports: [
        ...sections,
        DataSource,
        NoteSigner,
        VerifierKeys,
        Clock,
        Ids,
        Randomness,
        TypeOrmUnitOfWork,
        UnitOfWork,
        AuditTrail,
        Outbox,
        Inbox,
        EventChannels,
        EventSubscribers,
        EventCatalogue,
        EventRoutes,
        Throttle,
        Metrics,
      ],
    };
  }
}
