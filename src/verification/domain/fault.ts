/** Which row of which table, by its key. */
export interface RowName {
  readonly table: string;
  readonly key: Readonly<Record<string, string | number>>;
}

/** Something stored does not hold. The first fault ends the verification. */
export class Fault extends Error {
  constructor(
    /** What was being checked, in one word. */
    readonly step: string,
    readonly row: RowName,
    readonly reason: string,
    /** `lottery 2026-11-21 (draw ...)`, `pool ...` or `the journal`; null until a caller that knows it adds it. */
    readonly subject: string | null = null,
  ) {
    super(reason);
  }

  /** The same fault with this subject, unless it has one. */
  of(subject: string): Fault {
    return new Fault(this.step, this.row, this.reason, this.subject ?? subject);
  }
}

/** @throws Fault unless the condition holds. */
export function demand(condition: unknown, step: string, row: RowName, reason: string): asserts condition {
  if (!condition) throw new Fault(step, row, reason);
}
