import { Injectable } from '@nestjs/common';
import { LogOpening } from '../../ballot/ballot.api';
import { Clock } from '../../shared/application/clock';
import { NoteSigner } from '../../shared/application/note-signer';
import { Randomness } from '../../shared/application/randomness';
import { DrawOpening, DrawTerms } from '../draw.api';
import { Draw } from '../domain/draw';
import { commitment, openBody } from '../domain/statements';
import { Draws } from './draws';

const SECRET_BYTES = 32;

/** A draw begins: the operator is bound to a secret before anybody has cast a ballot. */
@Injectable()
export class OpenDraw extends DrawOpening {
  constructor(
    private readonly draws: Draws,
    private readonly logs: LogOpening,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
    private readonly signer: NoteSigner,
  ) {
    super();
  }

  async open({ drawId, name, closesAt, winners }: DrawTerms): Promise<void> {
    const secret = this.randomness.bytes(SECRET_BYTES);
    const opensAt = await this.clock.synchronise();
    const terms = { drawId, name, opensAt, closes: closesAt, winners, commitment: commitment(secret), beacon: null };
    const note = this.signer.sign(openBody(terms));
    await this.draws.add(new Draw(drawId, name, opensAt, closesAt, winners, note, null, null), secret);
    await this.logs.open(drawId, closesAt);
  }
}
