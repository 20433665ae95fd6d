import { Injectable } from '@nestjs/common';
import { Ballots } from '../../ballot/ballot.api';
import { Clock } from '../../shared/application/clock';
import { invariant } from '../../shared/domain/invariant';
import { noteBody } from '../../shared/domain/signed-note';
import { Drawing } from '../draw.api';
import { drawKey, Jury, NamedIndex, namedIndexes } from '../domain/candidates';
import type { Draw, Seal } from '../domain/draw';
import { drawBody } from '../domain/statements';
import { Draws } from './draws';
import { GatherBeacon } from './gather-beacon';
import { MakeStatement } from './make-statement';

/** Ballots looked up at once. Almost every draw needs only the first few; one with many exclusions needs thousands. */
const FIRST_LOOK_UP = 16;
const LARGEST_LOOK_UP = 4_096;

/** The winners of a sealed draw: determined by its notes, its secret and its beacon, whoever computes them and whenever. */
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

  prepare(drawId: string): Promise<boolean> {
    return this.beacon.execute(drawId);
  }

  async draw(drawId: string): Promise<void> {
    const draw = await this.draws.get(drawId);
    const { seal, assurance, beaconSignature } = draw;
    invariant(seal && assurance, `draw ${drawId} is sealed before it is drawn`);
    const secret = await this.draws.secretOf(drawId);
    const sealBody = noteBody(seal.note);
    const key = drawKey(secret, noteBody(draw.opening.note), sealBody, beaconSignature);
    const { candidates, winnerIndexes } = await this.judge(draw, seal, key);
    const drawnAt = notBefore(seal.sealedAt, await this.clock.synchronise());
    const body = drawBody({ drawId, sealBody, secret, beaconSignature, candidates, drawnAt, assurance });
    const note = await this.statements.execute(body);
    await this.draws.storeResult(draw.drawnAs({ drawnAt, winnerIndexes, note }));
  }

  private async judge({ id, opening }: Draw, seal: Seal, key: Buffer): Promise<Jury> {
    const sizes = await this.ballots.sizes([id]);
    const jury = new Jury(opening.winners, new Set(seal.exclusions));
    for (const named of inGroups(namedIndexes(key, sizes.get(id) ?? 0))) {
      const ballots = await this.ballots.at(
        id,
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
