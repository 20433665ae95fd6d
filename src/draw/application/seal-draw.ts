import { Injectable } from '@nestjs/common';
import { LogSealing } from '../../ballot/ballot.api';
import { NoteSigner } from '../../shared/application/note-signer';
import { noteBody } from '../../shared/domain/signed-note';
import { DrawSealing } from '../draw.api';
import { sealBody } from '../domain/statements';
import { Draws } from './draws';

/** The ballots of a draw become final, and a signed statement says which they are. */
@Injectable()
export class SealDraw extends DrawSealing {
  constructor(
    private readonly draws: Draws,
    private readonly logs: LogSealing,
    private readonly signer: NoteSigner,
  ) {
    super();
  }

  async seal(drawId: string, trigger: 'schedule' | 'manual'): Promise<{ winnable: boolean }> {
    const draw = await this.draws.get(drawId);
    const { sealedAt, size, root, exclusions, winnable } = await this.logs.seal(drawId);
    const statement = {
      drawId,
      openBody: noteBody(draw.openNote),
      sealedAt,
      trigger,
      size,
      root,
      exclusions,
      beacon: null,
    };
    const note = this.signer.sign(sealBody(statement));
    await this.draws.storeSeal(draw.sealedBy({ sealedAt, note, exclusions }));
    return { winnable };
  }
}
