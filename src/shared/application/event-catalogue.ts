import { Injectable } from '@nestjs/common';
import { invariant } from '../domain/invariant';

/** What an event tells, for people and programs that receive it. */
export interface EventDescription {
  readonly summary: string;
  /** JSON Schema of each field of the payload; none is ever missing, and more may be added. */
  readonly fields: Readonly<Record<string, object>>;
}

/** The types of events that there are. Modules add theirs in their constructors, before there are routes. */
@Injectable()
export class EventCatalogue {
  private readonly known = new Map<string, EventDescription>();

  get types(): readonly string[] {
    return [...this.known.keys()];
  }

  get all(): ReadonlyMap<string, EventDescription> {
    return this.known;
  }

  add(events: Readonly<Record<string, EventDescription>>): void {
    for (const [type, description] of Object.entries(events)) {
      invariant(!this.known.has(type), `the event ${type} is described once`);
      this.known.set(type, description);
    }
  }
}

/** Schemas of fields. */
export const UUID = { type: 'string', format: 'uuid' };
export const INSTANT = { type: 'string', format: 'date-time' };
export const DAY = { type: 'string', format: 'date' };
export const COUNT = { type: 'integer', format: 'int64', minimum: 0 };
/** Minor units as decimal text: a sum may exceed what a JSON number holds exactly. */
export const SUM = { type: 'string', pattern: '^[0-9]{1,40}$' };

/** A text that is always this. */
export function constant(text: string): object {
  return { type: 'string', enum: [text] };
}
