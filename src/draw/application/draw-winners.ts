import { Injectable } from '@nestjs/common';
import { Ballots } from '../../ballot/ballot.api';
import { Clock } from '../../shared/application/clock';
import { NoteSigner } from '../../shared/application/note-signer';
import { invariant } from '../../shared/domain/invariant';
import { noteBody } from '../../shared/domain/signed-note';
import { Drawing } from '../draw.api';
import { drawKey, Jury, NamedIndex, namedIndexes } from '../domain/candidates';
import type { Draw, Seal } from '../domain/draw';
import { drawBody } from '../domain/statements';
import { Draws } from './draws';

/** Ballots looked up at once. Almost every draw needs only the first few; one with many exclusions needs thousands. */
const FIRST_LOOK_UP = 16;
const LARGEST_LOOK_UP = 4_096;

/** The winners of a sealed draw: determined by its notes and its secret, whoever computes them and whenever. */
@Injectable()
export class DrawWinners extends Drawing {
  constructor(
    private readonly draws: Draws,
    private readonly ballots: Ballots,
    private readonly clock: Clock,
    private readonly signer: NoteSigner,
  ) {
    super();
  }

  async draw(drawId: string): Promise<void> {
    const draw = await this.draws.get(drawId);
    invariant(draw.seal, `draw ${drawId} is sealed before it is drawn`);
    const secret = await this.draws.secretOf(drawId);
    const sealBody = noteBody(draw.seal.note);
    const key = drawKey(secret, noteBody(draw.openNote), sealBody, null);
    const { candidates, winnerIndexes } = await this.judge(draw, draw.seal, key);
    const drawnAt = notBefore(draw.seal.sealedAt, await this.clock.synchronise());
    const body = drawBody({
      drawId,
      sealBody,
      secret,
      beaconSignature: null,
      candidates,
      drawnAt,
      assurance: draw.assurance,
    });
    await this.draws.storeResult(draw.drawnAs({ drawnAt, note: this.signer.sign(body), winnerIndexes }));
  }

  private async judge(draw: Draw, seal: Seal, key: Buffer): Promise<Jury> {
    const sizes = await this.ballots.sizes([draw.id]);
    const jury = new Jury(draw.winners, new Set(seal.exclusions));
    for (const named of inGroups(namedIndexes(key, sizes.get(draw.id) ?? 0))) {
      const ballots = await this.ballots.at(
        draw.id,
        named.map(({ index }) => index),
      );
      for (const [i, ballot] of ballots.entries()) {
        jury.judge(named[i] as NamedIndex, ballot);
        if (jury.isComplete) return jury;
      }
    }
    return jury;
  }
}

function* inGroups(named: Iterable<NamedIndex>): Generator<NamedIndex[]> {
  let group: NamedIndex[] = [];
  let limit = FIRST_LOOK_UP;
  for (const one of named) {
    group.push(one);
    if (group.length < limit) continue;
    yield group;
    group = [];
    limit = Math.min(2 * limit, LARGEST_LOOK_UP);
  }
  if (group.length > 0) yield group;
}

function notBefore(earliest: Date, instant: Date): Date {
  return instant < earliest ? earliest : instant;
}
