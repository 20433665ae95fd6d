import { ApiProperty } from '@nestjs/swagger';
import type { Ballot } from '../../ballot/ballot.api';
import { formatInstant } from '../../shared/domain/instant';
import { AssuranceView, assuranceOf, NotesView, notesOf } from '../../draw/draw.views';
import type { LotteryDetails, LotterySummary, Winner } from '../application/read-lotteries';
import type { LotteryReceipts } from '../application/submit-to-lottery';
import { LOTTERY_STATES, LotteryState } from '../domain/lottery';
import type { LotteryDate } from '../domain/lottery-date';

const PLAYER = { pattern: '^[0-9a-f]{32}$', description: "The player's pseudonym in this draw" };
const INDEX = { type: 'integer', minimum: 0, description: 'Place in the log, from 0 without gaps' } as const;

/** A ballot of a day, as everyone may see it. */
export class LotteryBallotView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ format: 'date' })
  readonly lotteryDate: string;

  @ApiProperty(INDEX)
  readonly index: number;

  @ApiProperty(PLAYER)
  readonly player: string;

  @ApiProperty({ format: 'date-time' })
  readonly submittedAt: string;

  @ApiProperty({ description: 'The exact leaf of the Merkle tree, without its line feed' })
  readonly line: string;

  constructor(ballot: Ballot, date: LotteryDate) {
    this.id = ballot.id;
    this.lotteryDate = date.toString();
    this.index = ballot.index;
    this.player = ballot.player;
    this.submittedAt = formatInstant(ballot.submittedAt);
    this.line = ballot.line;
  }
}

const CHECKPOINT = {
  description: 'Signed checkpoint (C2SP tlog-checkpoint) of a tree that contains what it comes with',
};

/** The receipt of a ballot. Written by `receiptJson`. */
export class ReceiptView extends LotteryBallotView {
  @ApiProperty(CHECKPOINT)
  readonly checkpoint!: string;
}

/** The receipts of ballots that one request made: each of them with the checkpoint. Written by `receiptsJson`. */
export class ReceiptsView {
  @ApiProperty({ type: [LotteryBallotView], description: 'At consecutive places in the log' })
  readonly items!: readonly LotteryBallotView[];

  @ApiProperty(CHECKPOINT)
  readonly checkpoint!: string;
}

/** All ballots of a batch share their checkpoint. */
let latest = { checkpoint: '', json: '""' };

/** The JSON of the `ReceiptView` of the first of these ballots. */
export function receiptJson({ ballots, date, checkpoint }: LotteryReceipts): string {
  return `{${ballotMembers(ballots[0] as Ballot, date)},"checkpoint":${checkpointJson(checkpoint)}}`;
}

/** The JSON of a `ReceiptsView`. */
export function receiptsJson({ ballots, date, checkpoint }: LotteryReceipts): string {
  const items = ballots.map((ballot) => `{${ballotMembers(ballot, date)}}`);
  return `{"items":[${items.join(',')}],"checkpoint":${checkpointJson(checkpoint)}}`;
}

/** The members of a `LotteryBallotView`: nothing in them is to be escaped. */
function ballotMembers({ id, index, player, line, submittedAt }: Ballot, date: LotteryDate): string {
  return (
    `"id":"${id}","lotteryDate":"${date.toString()}","index":${index},"player":"${player}",` +
    `"submittedAt":"${formatInstant(submittedAt)}","line":"${line}"`
  );
}

function checkpointJson(checkpoint: string): string {
  if (checkpoint !== latest.checkpoint) latest = { checkpoint, json: asciiJson(checkpoint) };
  return latest.json;
}

/** As ASCII, the strings of an answer take half the memory. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export class LotterySummaryView {
  @ApiProperty({ format: 'date' })
  readonly date: string;

  @ApiProperty({ enum: LOTTERY_STATES })
  readonly state: LotteryState;

  @ApiProperty({ format: 'date-time' })
  readonly opensAt: string;

  @ApiProperty({ format: 'date-time' })
  readonly closesAt: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Number of committed ballots' })
  readonly ballots: number;

  constructor({ lottery, draw, ballots }: LotterySummary) {
    this.date = lottery.date.toString();
    this.state = lottery.state;
    this.opensAt = formatInstant(draw.opening.opensAt);
    this.closesAt = formatInstant(lottery.date.closesAt);
    this.ballots = ballots;
  }
}

export class WinnerView {
  @ApiProperty({ format: 'uuid' })
  readonly ballotId: string;

  @ApiProperty({ format: 'uuid' })
  readonly userId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ format: 'date' })
  readonly lotteryDate: string;

  @ApiProperty({ format: 'date-time' })
  readonly submittedAt: string;

  @ApiProperty(INDEX)
  readonly index: number;

  @ApiProperty(PLAYER)
  readonly player: string;

  constructor({ ballot, name }: Winner, date: LotteryDate) {
    this.ballotId = ballot.id;
    this.userId = ballot.userId;
    this.name = name;
    this.lotteryDate = date.toString();
    this.submittedAt = formatInstant(ballot.submittedAt);
    this.index = ballot.index;
    this.player = ballot.player;
  }
}

export class LotteryView extends LotterySummaryView {
  @ApiProperty({ type: NotesView })
  readonly notes: NotesView;

  @ApiProperty({ type: WinnerView, nullable: true })
  readonly winner: WinnerView | null;

  @ApiProperty({
    type: AssuranceView,
    nullable: true,
    description: 'Null until it is known how the lottery was sealed',
  })
  readonly assurance: AssuranceView | null;

  constructor(details: LotteryDetails) {
    super(details);
    const { lottery, draw, winner } = details;
    this.notes = notesOf(draw);
    this.winner = winner && new WinnerView(winner, lottery.date);
    this.assurance = assuranceOf(draw);
  }
}
