import { randomBytes } from 'node:crypto';
import { AuditedAct, AuditTrail } from '../../src/shared/application/audit-trail';
import { Clock } from '../../src/shared/application/clock';
import { Ids } from '../../src/shared/application/ids';
import { Inbox } from '../../src/shared/application/inbox';
import { NewEvent, Outbox } from '../../src/shared/application/outbox';
import { NoteSigner } from '../../src/shared/application/note-signer';
import { Randomness } from '../../src/shared/application/randomness';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';

/** Something whose state a failed unit of work takes back: `rows` is replaced, never changed. */
interface Store {
  rows: unknown;
}

/** Keeps the promise that matters: what throws has not happened. */
export class FakeUnitOfWork extends UnitOfWork {
  private depth = 0;

  constructor(private readonly stores: Store[]) {
    super();
  }

  get isRunning(): boolean {
    return this.depth > 0;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const before = this.stores.map(({ rows }) => rows);
    this.depth++;
    try {
      return await work();
    } catch (error) {
      this.stores.forEach((store, index) => (store.rows = before[index]));
      throw error;
    } finally {
      this.depth--;
    }
  }

  runAlone<T>(work: () => Promise<T>): Promise<T> {
    return this.run(work);
  }
}

export class FakeAuditTrail extends AuditTrail {
  rows: readonly AuditedAct[] = [];

  async record(act: AuditedAct): Promise<number> {
    this.rows = [...this.rows, act];
    return this.rows.length - 1;
  }
}

export class FakeClock extends Clock {
  constructor(public time = new Date('2026-11-21T12:00:00.000Z')) {
    super();
  }

  now(): Date {
    return this.time;
  }

  async synchronise(): Promise<Date> {
    return this.time;
  }

  async timeOfFact(): Promise<Date> {
    return this.time;
  }

  pass(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }
}

export class FakeIds extends Ids {
  private count = 0;

  next(): string {
    return `01a1fd69-0000-7000-8000-${String(++this.count).padStart(12, '0')}`;
  }
}

export class FakeRandomness extends Randomness {
  bytes(count: number): Buffer {
    return randomBytes(count);
  }
}

export class FakeOutbox extends Outbox {
  rows: readonly NewEvent[] = [];

  async add(events: readonly NewEvent[]): Promise<void> {
    this.rows = [...this.rows, ...events];
  }
}

/** Its signature is the name of its key, which anybody can read. */
export class FakeSigner extends NoteSigner {
  readonly origin = 'lottery.test';

  constructor(
    readonly verifierKey = 'key 1',
    private readonly other: FakeSigner | null = null,
  ) {
    super();
  }

  get verifierKeys(): readonly string[] {
    return this.other ? [this.verifierKey, this.other.verifierKey] : [this.verifierKey];
  }

  sign(body: string): string {
    return `${body}\n— ${this.origin} ${this.verifierKey}\n`;
  }

  like(note: string | undefined): NoteSigner {
    return this.other && note?.endsWith(` ${this.other.verifierKey}\n`) ? this.other : this;
  }
}

export class FakeInbox extends Inbox {
  /** Consumer and message. */
  rows: ReadonlySet<string> = new Set();

  async claim(consumer: string, messageIds: readonly string[]): Promise<readonly string[]> {
    const fresh = [...new Set(messageIds)].filter((messageId) => !this.rows.has(`${consumer} ${messageId}`));
    this.rows = new Set([...this.rows, ...fresh.map((messageId) => `${consumer} ${messageId}`)]);
    return fresh;
  }
}
