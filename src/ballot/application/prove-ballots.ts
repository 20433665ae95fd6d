import { Injectable } from '@nestjs/common';
import { hashesOf } from '../../shared/application/merkle-proofs';
import { consistencyRanges, inclusionRanges, LeafRange } from '../../shared/domain/merkle-proof';
import { BallotList, Ballots, InclusionProof, LogProofs } from '../ballot.api';
import { TreeSizeInvalid } from '../domain/errors';
import { LogHashes } from './log-hashes';

/** Maximum number of proofs made at once. Each reads some hundred rows. */
const PROOFS_AT_ONCE = 32;

/** Proves that a ballot is in a log, and that a log only ever grew. */
@Injectable()
export class ProveBallots extends LogProofs {
  constructor(
    private readonly ballots: Ballots,
    private readonly hashes: LogHashes,
  ) {
    super();
  }

  async inclusion(ballotId: string, wanted: number | null): Promise<InclusionProof> {
    const { ballot, current, checkpoint } = await this.hashes.locate(ballotId, wanted);
    const size = wanted ?? current;
    if (size > current) throw new TreeSizeInvalid(`The log has ${current} ballots, not ${size}.`);
    if (size <= ballot.index) throw new TreeSizeInvalid(`The tree of ${size} ends before ballot ${ballot.index}.`);
    const hashes = await this.hashesOf(ballot.drawId, inclusionRanges(ballot.index, size));
    return { ballot, size, hashes, checkpoint };
  }

  async inclusions(drawId: string, indexes: readonly number[], size: number): Promise<readonly (readonly Buffer[])[]> {
    const proofs: Buffer[][] = [];
    for (let i = 0; i < indexes.length; i += PROOFS_AT_ONCE) {
      const ranges = indexes.slice(i, i + PROOFS_AT_ONCE).map((index) => inclusionRanges(index, size));
      const hashes = await this.hashesOf(drawId, ranges.flat());
      for (const { length } of ranges) proofs.push(hashes.splice(0, length));
    }
    return proofs;
  }

  async consistency(drawId: string, from: number, to: number): Promise<readonly Buffer[]> {
    const current = await this.sizeOf(drawId);
    if (to > current) throw new TreeSizeInvalid(`The log has ${current} ballots, not ${to}.`);
    if (from < 1 || from > to) throw new TreeSizeInvalid(`A tree of ${to} does not begin with one of ${from}.`);
    return this.hashesOf(drawId, consistencyRanges(from, to));
  }

  async checkpoint(drawId: string): Promise<string> {
    return this.hashes.latestCheckpoint(drawId);
  }

  async list(drawId: string): Promise<BallotList> {
    const checkpoint = await this.checkpoint(drawId);
    const [, size] = checkpoint.split('\n');
    return { checkpoint, lines: this.ballots.lines(drawId, Number(size)) };
  }

  private async sizeOf(drawId: string): Promise<number> {
    return (await this.ballots.sizes([drawId])).get(drawId) ?? 0;
  }

  private hashesOf(drawId: string, ranges: readonly LeafRange[]): Promise<Buffer[]> {
    return hashesOf(ranges, (spans) => this.hashes.read(drawId, spans));
  }
}
