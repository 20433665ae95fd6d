import { Injectable } from '@nestjs/common';
import { LogSealing } from '../../ballot/ballot.api';
import { Clock } from '../../shared/application/clock';
import { noteBody } from '../../shared/domain/signed-note';
import { DrawSealing } from '../draw.api';
import type { Draw, Round } from '../domain/draw';
import { sealBody } from '../domain/statements';
import type { Trigger } from '../domain/trigger';
import { Draws } from './draws';
import { MakeStatement } from './make-statement';

/** The ballots of a draw become final, and a signed statement says which they are and what will decide. */
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

  async seal(drawId: string, trigger: 'schedule' | 'manual'): Promise<{ winnable: boolean }> {
    const draw = await this.draws.get(drawId);
    const { sealedAt, size, root, exclusions, winnable } = await this.logs.seal(drawId);
    const round = roundFor(draw, trigger, sealedAt);
    const body = sealBody({
      drawId,
      openBody: noteBody(draw.opening.note),
      sealedAt,
      trigger,
      size,
      root,
      exclusions,
      beacon: round && { chainHash: round.chain.hash, round: round.round },
    });
    const note = await this.statements.execute(body);
    round?.chain.assertAhead(round.round, await this.clock.synchronise());
    await this.draws.storeSeal(draw.sealedBy({ sealedAt, trigger, exclusions, round: round && round.round, note }));
    return { winnable };
  }
}

function roundFor({ opening }: Draw, trigger: Trigger, sealedAt: Date): Round | null {
  if (opening.beacon === null) return null;
  const { chain, round: openRound } = opening.beacon;
  return { chain, round: chain.roundForSeal({ trigger, sealedAt, openRound }) };
}
