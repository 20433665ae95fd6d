import { Injectable } from '@nestjs/common';
import { invariant } from '../domain/invariant';
import type { EventSubscriber } from './event-subscriber';

/** Everybody within the service who listens. Modules add theirs in onModuleInit; what is dispatched before is not told. */
@Injectable()
export class EventSubscribers {
  private readonly known = new Map<string, EventSubscriber>();

  get all(): readonly EventSubscriber[] {
    return [...this.known.values()];
  }

  add(subscriber: EventSubscriber): void {
    invariant(!this.known.has(subscriber.name), `there is one subscriber ${subscriber.name}`);
    this.known.set(subscriber.name, subscriber);
  }
}
