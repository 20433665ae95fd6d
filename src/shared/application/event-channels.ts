import { Injectable } from '@nestjs/common';
import { invariant } from '../domain/invariant';
import type { EventPublisher } from './event-publisher';

/** Where events go besides the service itself. A module that has a publisher says so in onModuleInit. */
@Injectable()
export class EventChannels {
  private known: EventPublisher | null = null;

  /** Null as long as nobody publishes: then events are delivered when the subscribers have handled them. */
  get publisher(): EventPublisher | null {
    return this.known;
  }

  publishThrough(publisher: EventPublisher): void {
    invariant(this.known === null, 'there is one publisher');
    this.known = publisher;
  }
}
