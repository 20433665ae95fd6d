import { Injectable } from '@nestjs/common';
import { Ballots } from '../../ballot/ballot.api';
import { Clock } from '../../shared/application/clock';
import { invariant } from '../../shared/domain/invariant';
import { noteBody } from '../../shared/domain/signed-note';
import { Drawing } from '../draw.api';
import { drawKey, Jury } from '../domain/candidates';
import { drawBody } from '../domain/statements';
import { CommittedDraw, Draws } from './draws';
import { GatherBeacon } from './gather-beacon';
import { Hearing } from './hearing';
import { MakeStatement } from './make-statement';

/** Finds the winners of sealed draws. Notes, secrets and beacons determine them, whoever computes them and when. */
@Injectable()
export class DrawWinners extends Drawing {
  constructor(
    private readonly draws: Draws,
    private readonly ballots: Ballots,
    private readonly clock: Clock,
    private readonly beacon: GatherBeacon,
    private readonly statements: MakeStatement,
  ) {
    super();
  }

  prepare(drawIds: readonly string[]): Promise<readonly string[]> {
    return this.beacon.execute(drawIds);
  }

  async draw(drawIds: readonly string[]): Promise<readonly (readonly number[])[]> {
    if (drawIds.length === 0) return [];
    const committed = await this.draws.committed(drawIds);
    const juries = await this.judge(committed);
    const now = await this.clock.synchronise();
    const drafts = committed.map((one, i) => draft(one, juries[i] as Jury, now));
    const notes = await this.statements.execute(
      drafts.map(({ body }) => body),
      drafts.map(({ draw }) => draw.opening.note),
    );
    const drawn = drafts.map(({ draw, drawnAt, winnerIndexes }, i) => {
      return draw.drawnAs({ drawnAt, winnerIndexes, note: notes[i] as string });
    });
    await this.draws.storeResults(drawn);
    return drafts.map(({ winnerIndexes }) => winnerIndexes);
  }

  /** Treats all draws side by side: each look-up serves every draw that still needs candidates. */
  private async judge(committed: readonly CommittedDraw[]): Promise<readonly Jury[]> {
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
    return hearings.map(({ jury }) => jury);
  }
}

function keyOf({ draw: { id, opening, seal, beaconSignature }, secret }: CommittedDraw): Buffer {
  invariant(seal, `draw ${id} is sealed before it is drawn`);
  return drawKey(secret, noteBody(opening.note), noteBody(seal.note), beaconSignature);
}

function draft({ draw, secret }: CommittedDraw, { candidates, winnerIndexes }: Jury, now: Date) {
  const { id: drawId, seal, assurance, beaconSignature } = draw;
  invariant(seal && assurance, `draw ${drawId} is sealed before it is drawn`);
  const drawnAt = now < seal.sealedAt ? seal.sealedAt : now;
  const sealBody = noteBody(seal.note);
  const body = drawBody({ drawId, sealBody, secret, beaconSignature, candidates, drawnAt, assurance });
  return { draw, drawnAt, winnerIndexes, body };
}
