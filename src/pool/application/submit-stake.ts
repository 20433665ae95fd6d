import { Injectable } from '@nestjs/common';
import { Ballot, Ballots } from '../../ballot/ballot.api';
import { GroupCommit } from '../../shared/application/group-commit';
import type { DomainError } from '../../shared/domain/domain-error';
import { invariant } from '../../shared/domain/invariant';
import { StakeKeyReused, StakeQueueFull } from '../domain/errors';
import type { Pool } from '../domain/pool';
import type { Stake } from '../domain/stake';
import { StakeIntake } from '../pool.api';
import { PoolEntries, PoolEntry } from './pool-entries';
import { Pools } from './pools';

/** Keeps the journal's lock at a few tens of milliseconds. */
const MAX_BATCH = 1_000;
/** About one second of work on a small machine: who comes later is better served by a quick 503. */
const MAX_WAITING = 5_000;
/** Stakes on all games share their transactions. */
const QUEUE = 'stakes';

/** An entry with the ballot that it is in the pool's draw. */
export interface EntryDetails {
  readonly pool: Pool;
  readonly entry: PoolEntry;
  readonly ballot: Ballot;
}

type Answer = EntryDetails | { readonly refusal: DomainError };

/** A game service announces a stake over HTTP: it waits for its turn in the next batch. */
@Injectable()
export class SubmitStake {
  private readonly queue = new GroupCommit<Stake, Answer>(
    { maxBatch: MAX_BATCH, maxWaiting: MAX_WAITING },
    (_, stakes) => this.commit(stakes),
  );

  constructor(
    private readonly intake: StakeIntake,
    private readonly entries: PoolEntries,
    private readonly ballots: Ballots,
    private readonly pools: Pools,
  ) {}

  /** Resolves when the stake is committed. @throws StakeQueueFull, StakeKeyReused: nothing was stored. */
  async execute(stake: Stake): Promise<EntryDetails> {
    if (this.queue.isFull) throw new StakeQueueFull();
    const answer = await this.queue.submit(QUEUE, stake);
    if ('refusal' in answer) throw answer.refusal;
    return answer;
  }

  private async commit(stakes: readonly Stake[]): Promise<readonly Answer[]> {
    await this.intake.take(stakes);
    const entries = await this.entries.ofMessages(stakes.map(({ messageId }) => messageId));
    const found = stakes.map(({ messageId }) => {
      const entry = entries.get(messageId);
      invariant(entry, 'a message that was taken has made an entry');
      return entry;
    });
    const pools = await this.pools.find([...new Set(found.map(({ poolId }) => poolId))]);
    const ballots = await this.ballots.at(found.map(({ poolId, index }) => ({ drawId: poolId, index })));
    return stakes.map((stake, i) => {
      const [entry, ballot] = [found[i] as PoolEntry, ballots[i] as Ballot];
      const pool = pools.get(entry.poolId) as Pool;
      return isSame(stake, { pool, entry, ballot }) ? { pool, entry, ballot } : { refusal: new StakeKeyReused() };
    });
  }
}

function isSame(stake: Stake, { pool, entry, ballot }: EntryDetails): boolean {
  return (
    stake.gameId === pool.facts.gameId && stake.playerId === ballot.userId && stake.stakeMinor === entry.stakeMinor
  );
}
