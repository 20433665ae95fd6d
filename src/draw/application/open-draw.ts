import { Injectable } from '@nestjs/common';
import { LogOpening } from '../../ballot/ballot.api';
import { Clock } from '../../shared/application/clock';
import { Randomness } from '../../shared/application/randomness';
import { DrawOpening, DrawTerms } from '../draw.api';
import { Draw, Opening } from '../domain/draw';
import { LATEST_VERSION } from '../domain/protocol-version';
import { commitment, openBody } from '../domain/statements';
import { Beacon } from './beacon';
import { Draws } from './draws';
import { MakeStatement } from './make-statement';

const SECRET_BYTES = 32;

/** Opens draws: binds the operator to a secret, and to a beacon, before the first ballot is cast. */
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

  async open(terms: readonly DrawTerms[]): Promise<readonly Date[]> {
    if (terms.length === 0) return [];
    const opensAt = await this.clock.timeOfFact();
    const drafts = terms.map((one) => {
      const secret = this.randomness.bytes(SECRET_BYTES);
      const opening = { ...one, opensAt, beacon: this.beaconFor(one.closes) };
      return { opening, secret, body: bodyOf(opening, secret) };
    });
    const notes = await this.statements.execute(drafts.map(({ body }) => body));
    const opened = drafts.map(({ opening: { drawId, ...opening }, secret }, i) => {
      return { draw: new Draw(drawId, { ...opening, note: notes[i] as string }, null, null, null), secret };
    });
    await this.draws.add(opened);
    await this.logs.open(
      terms.map(({ drawId, closes }) => ({ drawId, opensAt, closesAt: closes instanceof Date ? closes : null })),
    );
    return terms.map(() => opensAt);
  }

  /** No one knows when a draw will be full, so the seal fixes its round. */
  private beaconFor(closes: DrawTerms['closes']): Opening['beacon'] {
    const chain = this.beacon.chain;
    return chain && { chain, round: closes instanceof Date ? chain.roundForClosing(closes) : null };
  }
}

function bodyOf({ beacon, ...opening }: DrawTerms & Omit<Opening, 'note'>, secret: Buffer): string {
  return openBody({
    ...opening,
    version: LATEST_VERSION,
    commitment: commitment(secret, LATEST_VERSION),
    beacon: beacon && { chain: beacon.chain, number: beacon.round ?? 'after-seal' },
  });
}
