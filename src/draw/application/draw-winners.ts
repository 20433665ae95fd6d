import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/application/clock';
import { invariant } from '../../shared/domain/invariant';
import { noteBody } from '../../shared/domain/signed-note';
import { Drawing, Drawn } from '../draw.api';
import { drawBody } from '../domain/statements';
import { CommittedDraw, Draws } from './draws';
import { FindWinners, Outcome } from './find-winners';
import { GatherBeacon } from './gather-beacon';
import { MakeStatement } from './make-statement';

/** Prepared draws that are kept; one that another replica draws is never asked for. */
const MAX_FOUND = 1_000;

/** Draws the winners of sealed draws. Notes, secrets and beacons determine them, whoever computes them and when. */
@Injectable()
export class DrawWinners extends Drawing {
  /** What was found before the unit of work that stores it, by draw: a pass over a large log takes seconds. */
  private readonly found = new Map<string, Outcome>();

  constructor(
    private readonly draws: Draws,
    private readonly clock: Clock,
    private readonly beacon: GatherBeacon,
    private readonly statements: MakeStatement,
    private readonly findWinners: FindWinners,
  ) {
    super();
  }

  async prepare(drawIds: readonly string[]): Promise<readonly string[]> {
    const ready = await this.beacon.execute(drawIds);
    const unknown = await this.draws.committed(ready.filter((drawId) => !this.found.has(drawId)));
    const undrawn = unknown.filter(({ draw }) => draw.result === null);
    const outcomes = await this.findWinners.execute(undrawn);
    if (this.found.size + undrawn.length > MAX_FOUND) this.found.clear();
    for (const [i, { draw }] of undrawn.entries()) this.found.set(draw.id, outcomes[i] as Outcome);
    return ready;
  }

  async draw(drawIds: readonly string[]): Promise<readonly Drawn[]> {
    if (drawIds.length === 0) return [];
    const committed = await this.draws.committed(drawIds);
    const outcomes = await this.outcomesOf(committed);
    const now = await this.clock.timeOfFact();
    const drafts = committed.map((one, i) => draft(one, outcomes[i] as Outcome, now));
    const notes = await this.statements.execute(
      drafts.map(({ body }) => body),
      drafts.map(({ draw }) => draw.opening.note),
    );
    const drawn = drafts.map(({ draw, drawnAt, winnerIndexes }, i) => {
      return draw.drawnAs({ drawnAt, winnerIndexes, note: notes[i] as string });
    });
    await this.draws.storeResults(drawn);
    for (const drawId of drawIds) this.found.delete(drawId);
    return drafts.map(({ drawnAt, winnerIndexes }) => ({ drawnAt, winnerIndexes }));
  }

  /** A draw that is sealed and drawn in one unit of work was not prepared. */
  private async outcomesOf(committed: readonly CommittedDraw[]): Promise<readonly Outcome[]> {
    const unknown = committed.filter(({ draw }) => !this.found.has(draw.id));
    const outcomes = await this.findWinners.execute(unknown);
    const found = new Map(unknown.map(({ draw }, i) => [draw.id, outcomes[i]]));
    return committed.map(({ draw }) => (found.get(draw.id) ?? this.found.get(draw.id)) as Outcome);
  }
}

function draft({ draw, secret }: CommittedDraw, { candidates, ranked, winnerIndexes }: Outcome, now: Date) {
  const { id: drawId, seal, assurance, beaconSignature } = draw;
  invariant(seal && assurance, `draw ${drawId} is sealed before it is drawn`);
  const drawnAt = [now, seal.sealedAt, draw.decidedAt].reduce((latest, one) => (one > latest ? one : latest));
  const sealBody = noteBody(seal.note);
  const body = drawBody({ drawId, sealBody, secret, beaconSignature, candidates, ranked, drawnAt, assurance });
  return { draw, drawnAt, winnerIndexes, body };
}
