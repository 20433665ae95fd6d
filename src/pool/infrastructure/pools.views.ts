import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../shared/application/page';
import { formatInstant } from '../../shared/domain/instant';
import { AssuranceView, assuranceOf, NotesView, notesOf } from '../../draw/draw.views';
import type { EntryDetails, PoolDetails, PoolSummary } from '../application/read-pools';
import type { Award } from '../domain/award';
import { ENTRY_STATUSES, EntryStatus, POOL_STATES, PoolState } from '../domain/pool';
import type { PoolRules } from '../domain/pool-rules';
import type { EntryReceipt } from '../pool.api';

const INDEX = { type: 'integer', minimum: 0, description: "Place in the pool's log, from 0 without gaps" } as const;
const MINOR = { pattern: '^[0-9]+$', description: 'Minor units, as decimal text' };
const SHARE = { type: 'integer', minimum: 0, maximum: 10_000, description: 'Basis points of the pot' } as const;

export class PoolRulesView {
  @ApiProperty({ format: 'uuid' })
  readonly gameId: string;

  @ApiProperty({ type: 'integer', description: 'Stakes that fill a pool' })
  readonly size: number;

  @ApiProperty(SHARE)
  readonly payoutShare: number;

  constructor({ gameId, size, payoutShareBp }: PoolRules) {
    this.gameId = gameId;
    this.size = size;
    this.payoutShare = payoutShareBp;
  }
}

/** An entry as everyone may see it: under a pseudonym that differs per pool. */
export class PoolEntryView {
  @ApiProperty({ format: 'uuid', description: 'The entry, which is a ballot of the draw: see /ballots/{id}/proof' })
  readonly id: string;

  @ApiProperty({ format: 'uuid' })
  readonly poolId: string;

  @ApiProperty(INDEX)
  readonly index: number;

  @ApiProperty({ enum: ENTRY_STATUSES })
  readonly status: EntryStatus;

  @ApiProperty({ pattern: '^[0-9a-f]{32}$', description: "The player's pseudonym in this pool" })
  readonly player: string;

  @ApiProperty(MINOR)
  readonly stake: string;

  @ApiProperty({ format: 'date-time' })
  readonly submittedAt: string;

  @ApiProperty({ description: 'The exact leaf of the Merkle tree, without its line feed' })
  readonly line: string;

  constructor({ pool, entry, ballot }: EntryDetails) {
    this.id = ballot.id;
    this.poolId = pool.id;
    this.index = ballot.index;
    this.status = pool.statusOf(ballot.index);
    this.player = ballot.player;
    this.stake = entry.stakeMinor.toString();
    this.submittedAt = formatInstant(ballot.submittedAt);
    this.line = ballot.line;
  }
}

/** The receipt of a stake. */
export class EntryReceiptView extends PoolEntryView {
  @ApiProperty({ description: 'Signed checkpoint (C2SP tlog-checkpoint) of a tree that contains the entry' })
  readonly checkpoint: string;

  constructor(receipt: EntryReceipt) {
    super(receipt);
    this.checkpoint = receipt.checkpoint;
  }
}

class PoolAwardView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty(MINOR)
  readonly winSum: string;

  @ApiProperty({ ...MINOR, description: 'What stays with the house, in minor units, as decimal text' })
  readonly house: string;

  @ApiProperty({ enum: ['played_out'] })
  readonly status: 'played_out';

  @ApiProperty({ format: 'date-time' })
  readonly awardedAt: string;

  constructor({ id, winSumMinor, potMinor, status, awardedAt }: Award) {
    this.id = id;
    this.winSum = winSumMinor.toString();
    this.house = (potMinor - winSumMinor).toString();
    this.status = status;
    this.awardedAt = formatInstant(awardedAt);
  }
}

export class PoolSummaryView {
  @ApiProperty({ format: 'uuid', description: "The pool, and its draw's id in the notes" })
  readonly id: string;

  @ApiProperty({ format: 'uuid' })
  readonly gameId: string;

  @ApiProperty({ enum: POOL_STATES })
  readonly state: PoolState;

  @ApiProperty({ type: 'integer', description: 'Stakes that fill it' })
  readonly size: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Stakes that it has' })
  readonly entryCount: number;

  @ApiProperty(MINOR)
  readonly pot: string;

  @ApiProperty(SHARE)
  readonly payoutShare: number;

  @ApiProperty({ format: 'date-time' })
  readonly opensAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly sealedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly drawnAt: string | null;

  constructor({ pool, draw }: PoolSummary) {
    this.id = pool.id;
    this.gameId = pool.facts.gameId;
    this.state = pool.state;
    this.size = pool.facts.size;
    this.entryCount = pool.facts.entries;
    this.pot = pool.facts.potMinor.toString();
    this.payoutShare = pool.facts.payoutShareBp;
    this.opensAt = formatInstant(draw.opening.opensAt);
    this.sealedAt = draw.seal && formatInstant(draw.seal.sealedAt);
    this.drawnAt = draw.result && formatInstant(draw.result.drawnAt);
  }
}

class PoolEntryPageView {
  @ApiProperty({ type: [PoolEntryView] })
  readonly items!: readonly PoolEntryView[];

  @ApiProperty({ type: String, nullable: true, description: 'For /pools/{id}/entries; null at the end' })
  readonly nextCursor!: string | null;
}

export class PoolView extends PoolSummaryView {
  @ApiProperty({ type: PoolEntryPageView, description: 'The first hundred' })
  readonly entries: PoolEntryPageView;

  @ApiProperty({ type: NotesView })
  readonly notes: NotesView;

  @ApiProperty({ type: PoolEntryView, nullable: true })
  readonly winner: PoolEntryView | null;

  @ApiProperty({ type: PoolAwardView, nullable: true })
  readonly award: PoolAwardView | null;

  @ApiProperty({ type: AssuranceView, nullable: true, description: 'Null until it is known' })
  readonly assurance: AssuranceView | null;

  constructor(details: PoolDetails) {
    super(details);
    const { draw, entries, winner, award } = details;
    this.entries = entryPage(entries);
    this.notes = notesOf(draw);
    this.winner = winner && new PoolEntryView(winner);
    this.award = award && new PoolAwardView(award);
    this.assurance = assuranceOf(draw);
  }
}

export function entryPage({ items, nextCursor }: Page<EntryDetails>): Page<PoolEntryView> {
  return { items: items.map((details) => new PoolEntryView(details)), nextCursor };
}
