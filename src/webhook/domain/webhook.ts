import { ALL_TYPES } from './event-types';

/** A receiver of events over HTTP. Immutable. */
export class Webhook {
  constructor(
    readonly id: string,
    readonly url: string,
    readonly types: readonly string[],
    readonly description: string | null,
    readonly createdAt: Date,
    /** When its receiver asked for no more messages. */
    readonly disabledAt: Date | null,
    /** When it was removed; its deliveries are being deleted. */
    readonly removedAt: Date | null,
    /** Until when its receiver wants to be left alone; may be past. */
    readonly pausedUntil: Date | null = null,
  ) {}

  wants(type: string): boolean {
    return this.disabledAt === null && (this.types.includes(ALL_TYPES) || this.types.includes(type));
  }
}
