import type { DatabaseClock } from '../../src/platform/database/database-clock';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { TypeOrmAuditTrail } from '../../src/platform/audit/typeorm-audit-trail';
import { clockOf } from '../support/database-clock';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { TypeOrmOutbox } from '../../src/platform/events/typeorm-outbox';
import { UuidV7Ids } from '../../src/platform/randomness/uuid-v7-ids';
import { DomainError } from '../../src/shared/domain/domain-error';
import type { User } from '../../src/user/domain/user';
import { TypeOrmUsers } from '../../src/user/infrastructure/typeorm-users';
import { FakeSigner } from '../shared/fakes';
import { createTestDatabase, TestDatabase } from '../support/test-database';

/** How long a careless implementation waits between its read and its write. */
const BLINK_MS = 50;
/** A race is short: each is run this often, over connections that are open already. */
export const ROUNDS = 10;
const CONNECTIONS = 40;

export interface RaceStage {
  readonly database: TestDatabase;
  readonly work: TypeOrmUnitOfWork;
  readonly users: TypeOrmUsers;
  readonly clock: DatabaseClock;
  readonly audit: TypeOrmAuditTrail;
  readonly outbox: TypeOrmOutbox;
  add(user: User): Promise<User>;
  count(table: string, condition?: string): Promise<number>;
}

/** Drop its database after the test. */
export async function setRaceStage(): Promise<RaceStage> {
  // Each database is dropped while some of its many connections are still being closed.
  Logger.overrideLogger(false);
  const database = await createTestDatabase(undefined, CONNECTIONS);
  const work = new TypeOrmUnitOfWork(database.dataSource);
  const users = new TypeOrmUsers(work);
  const clock = clockOf(work);
  const audit = new TypeOrmAuditTrail(work, clock, new UuidV7Ids(), new FakeSigner());
  const outbox = new TypeOrmOutbox(work, new UuidV7Ids());
  await Promise.all(Array.from({ length: CONNECTIONS }, () => database.dataSource.query('select pg_sleep(0.1)')));
  await clock.synchronise();
  return {
    database,
    work,
    users,
    clock,
    audit,
    outbox,
    async add(user) {
      await work.run(() => users.add(user));
      return user;
    },
    async count(table, condition = 'true') {
      const [row] = await database.dataSource.query<[{ count: number }]>(
        `select count(*)::integer as count from ${table} where ${condition}`,
      );
      return row.count;
    },
  };
}

/** What a careless implementation does between its read and its write. */
export const blink = () => sleep(BLINK_MS);

/** Where so many meet before any of them goes on. */
export function meeting(people: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return async () => {
    if (++arrived === people) open();
    await opened;
  };
}

/** The outcomes of all rounds together. */
export async function inRounds(
  rounds: number,
  race: (round: number) => Promise<Record<string, number>>,
): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [outcome, times] of Object.entries(await race(round)))
      counted[outcome] = (counted[outcome] ?? 0) + times;
  }
  return counted;
}

/** How often each outcome came: `done`, the code of a refusal, or the name of a fault. */
export async function outcomes(
  times: number,
  act: (index: number) => Promise<unknown>,
): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  const settled = await Promise.allSettled(Array.from({ length: times }, (_, index) => act(index)));
  for (const one of settled) {
    const outcome = one.status === 'fulfilled' ? 'done' : nameOf(one.reason);
    counted[outcome] = (counted[outcome] ?? 0) + 1;
  }
  return counted;
}

function nameOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof Error ? error.name : String(error);
}
