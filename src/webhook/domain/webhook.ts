/** In `types`: all of them, also those that do not exist yet. */
const ALL_TYPES = '*';

/** Somebody outside who is told over HTTP what happened. Immutable. */
export class Webhook {
  constructor(
    readonly id: string,
    readonly url: string,
    readonly types: readonly string[],
    readonly description: string | null,
    readonly createdAt: Date,
    /** Since when its receiver wants nothing any more. */
    readonly disabledAt: Date | null,
    /** Since when nobody sees it any more; its deliveries are being forgotten. */
    readonly removedAt: Date | null,
  ) {}

  wants(type: string): boolean {
    return this.disabledAt === null && (this.types.includes(ALL_TYPES) || this.types.includes(type));
  }
}
