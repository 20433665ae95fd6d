import { DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AuditTrail } from './application/audit-trail';
import { Clock } from './application/clock';
import { DispatchEvents } from './application/dispatch-events';
import { EventChannels } from './application/event-channels';
import { EventSubscribers } from './application/event-subscribers';
import { Ids } from './application/ids';
import { NoteSigner } from './application/note-signer';
import { Inbox } from './application/inbox';
import { Meters, NoMeters } from './application/meters';
import { Outbox } from './application/outbox';
import { Randomness } from './application/randomness';
import { UnitOfWork } from './application/unit-of-work';
import { VerifierKeys } from './application/verifier-keys';
import { AuditController } from './infrastructure/audit.controller';
import { CompleteConfig, Config } from './infrastructure/config';
import { DatabaseClock } from './infrastructure/database-clock';
import { DispatchChannel } from './infrastructure/dispatch-channel';
import { configuredSigner } from './infrastructure/ed25519-note-signer';
import { HealthController } from './infrastructure/health.controller';
import { InboxRows } from './infrastructure/inbox-rows';
import { KafkaPublishing } from './infrastructure/kafka-publishing';
import { MetricsServer } from './infrastructure/metrics-server';
import { OutboxRelay } from './infrastructure/outbox-relay';
import { OutboxRows } from './infrastructure/outbox-rows';
import { ProblemFilter } from './infrastructure/problem.filter';
import { ProblemsController } from './infrastructure/problems.controller';
import { PrometheusMeters } from './infrastructure/prometheus-meters';
import { PublishChannel } from './infrastructure/publish-channel';
import { RelayPruning } from './infrastructure/relay-pruning';
import { Readiness } from './infrastructure/readiness';
import { RequestWatch } from './infrastructure/request-watch';
import { SharedMeters } from './infrastructure/shared-meters';
import { SystemRandomness } from './infrastructure/system-randomness';
import { Throttle } from './infrastructure/throttle';
import { TypeOrmAuditTrail } from './infrastructure/typeorm-audit-trail';
import { TypeOrmInbox } from './infrastructure/typeorm-inbox';
import { TypeOrmOutbox } from './infrastructure/typeorm-outbox';
import { TypeOrmUnitOfWork } from './infrastructure/typeorm-unit-of-work';
import { TypeOrmVerifierKeys } from './infrastructure/typeorm-verifier-keys';
import { UuidV7Ids } from './infrastructure/uuid-v7-ids';
import { InputValidationPipe } from './infrastructure/validation.pipe';
import { VerifierKeyController } from './infrastructure/verifier-key.controller';

const RELAY = [
  EventChannels,
  EventSubscribers,
  DispatchEvents,
  OutboxRows,
  InboxRows,
  RelayPruning,
  DispatchChannel,
  PublishChannel,
  OutboxRelay,
];

const OBSERVATION = [MetricsServer, Readiness, RequestWatch, SharedMeters];

/** What every module may use without asking. */
@Global()
@Module({})
export class SharedModule {
  static with(config: CompleteConfig, dataSource: DataSource): DynamicModule {
    return {
      module: SharedModule,
      controllers: [AuditController, HealthController, ProblemsController, VerifierKeyController],
      providers: [
        { provide: Config, useValue: config },
        { provide: DataSource, useValue: dataSource },
        { provide: NoteSigner, useValue: configuredSigner(config) },
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
        KafkaPublishing,
        Throttle,
        { provide: Meters, useValue: config.METRICS_PORT === undefined ? new NoMeters() : new PrometheusMeters() },
        ...OBSERVATION,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: InputValidationPipe },
      ],
      exports: [
        Config,
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
        Throttle,
        Meters,
      ],
    };
  }
}
