import { Injectable } from '@nestjs/common';
import type { StoredEvent } from '../../shared/application/outbox';
import { invariant } from '../../shared/domain/invariant';

export interface EventRoute {
  readonly topic: string;
  /** The value of the message; without it, the unchanged payload. */
  readonly value?: (payload: StoredEvent['payload']) => unknown;
}

/**
 * Topics of events that do not go to the topic of their kind (`lottery.v1.<part before the dot>`). Modules add theirs
 * in onModuleInit. A topic and the shape of its values are a contract with its consumers: `v1` becomes `v2` before
 * either changes.
 */
@Injectable()
export class EventRoutes {
  private readonly known = new Map<string, EventRoute>();

  add(type: string, route: EventRoute): void {
    invariant(!this.known.has(type), `there is one route of ${type}`);
    this.known.set(type, route);
  }

  of(type: string): EventRoute {
    return this.known.get(type) ?? { topic: `lottery.v1.${type.slice(0, type.indexOf('.'))}` };
  }
}
