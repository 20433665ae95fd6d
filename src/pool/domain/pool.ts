import { invariant } from '../../shared/domain/invariant';
import { winSumOf } from './money';
import type { PoolRules } from './pool-rules';

export const POOL_STATES = ['open', 'sealed', 'drawn', 'void'] as const;
export type PoolState = (typeof POOL_STATES)[number];

export const ENTRY_STATUSES = ['in_waiting', 'started', 'winner', 'finished'] as const;
export type EntryStatus = (typeof ENTRY_STATUSES)[number];

/** Every legal change of state. */
const MOVES: Readonly<Record<PoolState, readonly PoolState[]>> = {
  open: ['sealed', 'void'],
  sealed: ['drawn'],
  drawn: [],
  void: [],
};

export interface PoolFacts {
  /** A UUIDv7, which is also the id of its draw. */
  readonly id: string;
  readonly gameId: string;
  /** Number of stakes that fill it. */
  readonly size: number;
  /** Basis points of the pot that are won. */
  readonly payoutShareBp: number;
  readonly state: PoolState;
  /** Number of its stakes. */
  readonly entries: number;
  /** The sum of its stakes. */
  readonly potMinor: bigint;
  /** The winning place in its log; null unless it is drawn. */
  readonly winnerIndex: number | null;
  /** When the deciding beacon round comes; null before it is sealed, and without a beacon. */
  readonly decidedAt: Date | null;
}

/** The stakes on a game that form one draw: when the pool is full, one of them wins. Immutable. */
export class Pool {
  constructor(readonly facts: PoolFacts) {}

  static open(id: string, { gameId, size, payoutShareBp }: PoolRules): Pool {
    const nothing = { entries: 0, potMinor: 0n, winnerIndex: null, decidedAt: null };
    return new Pool({ id, gameId, size, payoutShareBp, state: 'open', ...nothing });
  }

  get id(): string {
    return this.facts.id;
  }

  get state(): PoolState {
    return this.facts.state;
  }

  /** Number of stakes that it still takes. */
  get room(): number {
    return this.facts.size - this.facts.entries;
  }

  get winSumMinor(): bigint {
    return winSumOf(this.facts.potMinor, this.facts.payoutShareBp);
  }

  take(stakesMinor: readonly bigint[]): Pool {
    invariant(this.state === 'open' && stakesMinor.length <= this.room, `pool ${this.id} has room`);
    const entries = this.facts.entries + stakesMinor.length;
    return this.with({ entries, potMinor: stakesMinor.reduce((sum, stake) => sum + stake, this.facts.potMinor) });
  }

  /** Seals a full pool: nothing more is added. */
  sealUntil(decidedAt: Date | null): Pool {
    invariant(this.room === 0, `pool ${this.id} is full`);
    return this.moveTo('sealed', { decidedAt });
  }

  /** Voids a full pool in which no one can win. The pot stays with the house. */
  annul(): Pool {
    invariant(this.room === 0, `pool ${this.id} is full`);
    return this.moveTo('void', {});
  }

  drawAs(winnerIndex: number): Pool {
    return this.moveTo('drawn', { winnerIndex });
  }

  /** The status of the entry at this place. */
  statusOf(index: number): EntryStatus {
    if (this.state === 'open') return 'in_waiting';
    if (this.state === 'sealed') return 'started';
    return index === this.facts.winnerIndex ? 'winner' : 'finished';
  }

  private moveTo(state: PoolState, changes: Partial<PoolFacts>): Pool {
    invariant(MOVES[this.state].includes(state), `a pool does not go from ${this.state} to ${state}`);
    return this.with({ ...changes, state });
  }

  private with(changes: Partial<PoolFacts>): Pool {
    return new Pool({ ...this.facts, ...changes });
  }
}
