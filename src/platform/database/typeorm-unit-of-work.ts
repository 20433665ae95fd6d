import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { invariant } from '../../shared/domain/invariant';
import { currentTransaction, outside, withinTransaction } from '../context/async-context';
import { sqlState } from './sql-state';

/** Maximum number of attempts. A conflict that outlives them is contention that more attempts would only increase. */
const MAX_ATTEMPTS = 3;
const MAX_JITTER_MS = 20;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

/** Units of work as PostgreSQL transactions (READ COMMITTED), carried along the asynchronous call chain. */
@Injectable()
export class TypeOrmUnitOfWork extends UnitOfWork {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (currentTransaction(this)) return work();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.dataSource.transaction((manager) => withinTransaction(this, manager, work));
      } catch (error) {
        const repeatable = [SERIALIZATION_FAILURE, DEADLOCK_DETECTED].includes(sqlState(error) ?? '');
        if (!repeatable || attempt === MAX_ATTEMPTS) throw error;
        await sleep(Math.random() * MAX_JITTER_MS);
      }
    }
  }

  runAlone<T>(work: () => Promise<T>): Promise<T> {
    return outside(() => this.run(work));
  }

  /** For statements that write or lock. @throws Error outside a unit of work. */
  get writer(): EntityManager {
    const manager = currentTransaction(this);
    invariant(manager, 'writing happens within a unit of work');
    return manager;
  }

  /** For statements that only read: within the running transaction, otherwise on a connection of its own. */
  get reader(): EntityManager {
    return currentTransaction(this) ?? this.dataSource.manager;
  }
}
