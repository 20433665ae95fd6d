import { Injectable } from '@nestjs/common';
import { LogOpening } from '../../ballot/ballot.api';
import { Clock } from '../../shared/application/clock';
import { Randomness } from '../../shared/application/randomness';
import { DrawOpening, DrawTerms } from '../draw.api';
import { Draw } from '../domain/draw';
import { commitment, openBody } from '../domain/statements';
import { Beacon } from './beacon';
import { Draws } from './draws';
import { MakeStatement } from './make-statement';

const SECRET_BYTES = 32;

/** A draw begins: the operator is bound to a secret, and to a beacon's round, before anybody has cast a ballot. */
@Injectable()
export class OpenDraw extends DrawOpening {
  constructor(
    private readonly draws: Draws,
    private readonly logs: LogOpening,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
    private readonly beacon: Beacon,
    private readonly statements: MakeStatement,
  ) {
    super();
  }

  async open({ drawId, name, closesAt, winners }: DrawTerms): Promise<void> {
    const secret = this.randomness.bytes(SECRET_BYTES);
    const opensAt = await this.clock.synchronise();
    const chain = this.beacon.chain;
    const beacon = chain && { chain, round: chain.roundForClosing(closesAt) };
    const body = openBody({
      drawId,
      name,
      opensAt,
      closes: closesAt,
      winners,
      commitment: commitment(secret),
      beacon: beacon && { chainHash: beacon.chain.hash, round: beacon.round },
    });
    const note = await this.statements.execute(body);
    await this.draws.add(
      new Draw(drawId, { name, opensAt, closesAt, winners, beacon, note }, null, null, null),
      secret,
    );
    await this.logs.open(drawId, closesAt);
  }
}
