import { Injectable } from '@nestjs/common';
import { LogSealing, SealedLog } from '../../ballot/ballot.api';
import { Clock } from '../../shared/application/clock';
import { invariant } from '../../shared/domain/invariant';
import { noteBody } from '../../shared/domain/signed-note';
import { DrawSealing, Sealed } from '../draw.api';
import type { BeaconRound } from '../domain/beacon-chain';
import type { Draw } from '../domain/draw';
import { sealBody } from '../domain/statements';
import type { Trigger } from '../domain/trigger';
import { Draws } from './draws';
import { MakeStatement } from './make-statement';

/** Seals draws: their ballots become final, and signed statements say which they are and what will decide. */
@Injectable()
export class SealDraw extends DrawSealing {
  constructor(
    private readonly draws: Draws,
    private readonly logs: LogSealing,
    private readonly statements: MakeStatement,
    private readonly clock: Clock,
  ) {
    super();
  }

  async seal(drawIds: readonly string[], trigger: Trigger): Promise<readonly Sealed[]> {
    if (drawIds.length === 0) return [];
    const draws = await this.draws.get(drawIds);
    const logs = await this.logs.seal(drawIds);
    await this.clock.timeOfFact();
    const drafts = draws.map((draw, i) => draft(draw, trigger, logs[i] as SealedLog));
    const notes = await this.statements.execute(
      drafts.map(({ body }) => body),
      draws.map(({ opening }) => opening.note),
    );
    await this.assertAhead(drafts.flatMap(({ round }) => round ?? []));
    await this.draws.storeSeals(
      drafts.map(({ draw, log: { sealedAt, exclusions }, round }, i) => {
        return draw.sealedBy({ sealedAt, trigger, exclusions, round: round && round.number, note: notes[i] as string });
      }),
    );
    return drafts.map(({ log: { sealedAt, eligible }, round }) => {
      return { sealedAt, winnable: eligible > 0, decidedAt: round && round.chain.timeOf(round.number) };
    });
  }

  /** Runs when all locks are held, so that only the commit is left to wait for. @throws SealTooSlow */
  private async assertAhead(rounds: readonly BeaconRound[]): Promise<void> {
    if (rounds.length === 0) return;
    const now = await this.clock.synchronise();
    for (const { chain, number } of rounds) chain.assertAhead(number, now);
  }
}

function draft(
  draw: Draw,
  trigger: Trigger,
  log: SealedLog,
): { draw: Draw; log: SealedLog; round: BeaconRound | null; body: string } {
  const { closes, note } = draw.opening;
  const isFull = !(closes instanceof Date) && log.size === closes.whenFull;
  invariant((trigger === 'full') === isFull, `draw ${draw.id} is sealed for the reason that its open note gives`);
  const round = roundFor(draw, trigger, log.sealedAt);
  const body = sealBody({
    drawId: draw.id,
    openBody: noteBody(note),
    sealedAt: log.sealedAt,
    trigger,
    size: log.size,
    root: log.root,
    exclusions: log.exclusions,
    eligible: log.eligible,
    beacon: round,
  });
  return { draw, log, round, body };
}

function roundFor({ opening }: Draw, trigger: Trigger, sealedAt: Date): BeaconRound | null {
  if (opening.beacon === null) return null;
  const { chain, round: openRound } = opening.beacon;
  return { chain, number: chain.roundForSeal({ trigger, sealedAt, openRound }) };
}
