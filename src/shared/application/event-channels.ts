import { Injectable } from '@nestjs/common';
import { invariant } from '../domain/invariant';
import type { EventPublisher } from './event-publisher';

/** Where events go besides the service itself. A module that has a publisher registers it in onModuleInit. */
@Injectable()
export class EventChannels {
  private known: EventPublisher | null = null;

  /** Null if there is no publisher: then events are delivered once the subscribers have handled them. */
  get publisher(): EventPublisher | null {
    return this.known;
  }

  publishThrough(publisher: EventPublisher): void {
    invariant(this.known === null, 'there is one publisher');
    this.known = publisher;
  }
}
