import { Injectable } from '@nestjs/common';
import { invariant } from '../domain/invariant';
import type { EventSubscriber } from './event-subscriber';

/**
 * The listeners within the service. Modules add theirs in onModuleInit; events dispatched earlier do not reach them.
 */
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
