import { Injectable } from '@nestjs/common';
import { Ballots, LogProofs } from '../../ballot/ballot.api';
import { VerifierKeys } from '../../shared/application/verifier-keys';
import { noteBody } from '../../shared/domain/signed-note';
import { Bundle, BundledBeacon, BundledCandidate, DrawBundles } from '../draw.api';
import type { NamedIndex } from '../domain/candidates';
import type { Draw } from '../domain/draw';
import { versionOf } from '../domain/protocol-version';
import { ballotsIn, exclusionList } from '../domain/statements';
import { Draws } from './draws';

/** Candidates whose ballots and proofs are read at once, about 100 KB. */
const CANDIDATES_AT_ONCE = 64;

/** Bundles a draw for strangers: small however many ballots there are, and enough to check who won. */
@Injectable()
export class BundleDraw extends DrawBundles {
  constructor(
    private readonly draws: Draws,
    private readonly ballots: Ballots,
    private readonly proofs: LogProofs,
    private readonly keys: VerifierKeys,
  ) {
    super();
  }

  async bundle(drawId: string): Promise<Bundle | null> {
    const [draw] = await this.draws.get([drawId]);
    if (!draw?.seal) return null;
    return {
      format: `lottery-bundle/v${versionOf(draw.opening.note)}`,
      verifierKey: await this.keys.of(draw.opening.note),
      open: draw.opening.note,
      seal: draw.seal.note,
      draw: draw.result?.note ?? null,
      checkpoint: await this.proofs.checkpoint(drawId),
      exclusions: exclusionList(draw.seal.exclusions),
      beacon: beaconOf(draw),
      candidates: this.candidates(drawId, draw.result?.note ?? null),
    };
  }

  private async *candidates(drawId: string, drawNote: string | null): AsyncIterable<readonly BundledCandidate[]> {
    if (drawNote === null) return;
    const size = (await this.ballots.sizes([drawId])).get(drawId) ?? 0;
    let some: NamedIndex[] = [];
    for (const named of ballotsIn(noteBody(drawNote))) {
      some.push(named);
      if (some.length < CANDIDATES_AT_ONCE) continue;
      yield await this.proven(drawId, some, size);
      some = [];
    }
    if (some.length > 0) yield await this.proven(drawId, some, size);
  }

  private async proven(drawId: string, candidates: readonly NamedIndex[], size: number): Promise<BundledCandidate[]> {
    const indexes = candidates.map(({ index }) => index);
    const ballots = await this.ballots.at(indexes.map((index) => ({ drawId, index })));
    const proofs = await this.proofs.inclusions(drawId, indexes, size);
    return candidates.map(({ block }, i) => ({
      j: block,
      line: ballots[i]?.line ?? '',
      proof: (proofs[i] ?? []).map((hash) => hash.toString('hex')),
    }));
  }
}

/** Also null until the beacon's answer is published with a draw note. */
function beaconOf({ round, beaconSignature, result }: Draw): BundledBeacon | null {
  if (round === null || beaconSignature === null || result === null) return null;
  const { hash, publicKey, genesis, period, scheme } = round.chain;
  const signature = beaconSignature.toString('hex');
  return { chainHash: hash, publicKey, genesis, period, scheme, round: round.number, signature };
}
