import { Injectable } from '@nestjs/common';
import { Ballot, Ballots } from '../../ballot/ballot.api';
import { invariant } from '../../shared/domain/invariant';
import { noteBody } from '../../shared/domain/signed-note';
import { Candidate, drawKey } from '../domain/candidates';
import { RankedWinner, rankFrom, RankWalk } from '../domain/ranks';
import { eligibleOf } from '../domain/statements';
import type { CommittedDraw } from './draws';
import { Hearing } from './hearing';

/** What secret, notes, beacon and ballots of a draw say. */
export interface Outcome {
  readonly candidates: readonly Candidate[];
  readonly ranked: readonly RankedWinner[];
  /** Places of the winning ballots in the log, first prize first. */
  readonly winnerIndexes: readonly number[];
}

/** Finds the winners of sealed draws. The result is the same whoever computes it, and when. */
@Injectable()
export class FindWinners {
  constructor(private readonly ballots: Ballots) {}

  /** Treats all draws side by side: each look-up serves every draw that still needs candidates. */
  async execute(committed: readonly CommittedDraw[]): Promise<readonly Outcome[]> {
    const sizes = await this.ballots.sizes(committed.map(({ draw }) => draw.id));
    const hearings = committed.map((one) => new Hearing(one.draw, keyOf(one), sizes.get(one.draw.id) ?? 0));
    for (let open = hearings; open.length > 0; open = open.filter(({ isOver }) => !isOver)) {
      const called = open.map((hearing) => hearing.call());
      const ballots = await this.ballots.at(called.flat());
      let heard = 0;
      for (const [i, hearing] of open.entries()) {
        hearing.hear(ballots.slice(heard, (heard += called[i]?.length ?? 0)));
      }
    }
    const outcomes: Outcome[] = [];
    for (const hearing of hearings) outcomes.push(await this.outcomeOf(hearing));
    return outcomes;
  }

  private async outcomeOf(hearing: Hearing): Promise<Outcome> {
    const { candidates, winnerIndexes, hasMissed } = hearing.jury;
    const ranked = hasMissed ? await this.rank(hearing) : [];
    return { candidates, ranked, winnerIndexes: [...winnerIndexes, ...ranked.map(({ index }) => index)] };
  }

  /** One pass over the log for each winner that is missing (docs/draw-protocol.md section 6, step 2). */
  private async rank({ draw, key, size, jury }: Hearing): Promise<RankedWinner[]> {
    invariant(draw.seal, `draw ${draw.id} is sealed before it is drawn`);
    const winners = await this.ballots.at(jury.winnerIndexes.map((index) => ({ drawId: draw.id, index })));
    const out = new Set([...draw.seal.exclusions, ...jury.winningPlayers]);
    let remaining = eligibleOf(noteBody(draw.seal.note)) - (await this.ballotsOf(draw.id, winners));
    let block = jury.nextBlock;
    const ranked: RankedWinner[] = [];
    while (ranked.length < jury.missing && remaining > 0) {
      const named = rankFrom(key, block, remaining);
      const winner = await this.ballotAt(draw.id, size, new RankWalk(named.rank, out));
      ranked.push({ ...named, index: winner.index, ballotId: winner.id });
      out.add(winner.player);
      remaining -= await this.ballotsOf(draw.id, [winner]);
      block = named.block + 1;
    }
    return ranked;
  }

  private async ballotAt(drawId: string, size: number, walk: RankWalk): Promise<Ballot> {
    for await (const players of this.ballots.players(drawId, size)) {
      const index = walk.take(players);
      if (index === null) continue;
      const [ballot] = await this.ballots.at([{ drawId, index }]);
      if (ballot) return ballot;
    }
    throw new Error(`draw ${drawId} has as many ballots as its seal note says`);
  }

  /** How many ballots the players of these have. */
  private async ballotsOf(drawId: string, ballots: readonly Ballot[]): Promise<number> {
    const counts = await this.ballots.counts(ballots.map(({ userId }) => ({ drawId, userId })));
    return counts.reduce((sum, count) => sum + count, 0);
  }
}

function keyOf({ draw: { id, opening, seal, beaconSignature }, secret }: CommittedDraw): Buffer {
  invariant(seal, `draw ${id} is sealed before it is drawn`);
  return drawKey(secret, noteBody(opening.note), noteBody(seal.note), beaconSignature);
}
