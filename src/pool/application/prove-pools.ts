import { Injectable } from '@nestjs/common';
import { Ballots, LogProofs } from '../../ballot/ballot.api';
import { Bundle, DrawBundles } from '../../draw/draw.api';
import { PoolNotSealed } from '../domain/errors';
import { Pools } from './pools';

/** What anybody needs to check a pool without us. */
@Injectable()
export class ProvePools {
  constructor(
    private readonly pools: Pools,
    private readonly bundles: DrawBundles,
    private readonly proofs: LogProofs,
    private readonly ballots: Ballots,
  ) {}

  /** `final`: it will never change. @throws PoolNotFound, PoolNotSealed */
  async bundle(poolId: string): Promise<{ bundle: Bundle; final: boolean }> {
    const { state } = await this.pools.get(poolId);
    const bundle = await this.bundles.bundle(poolId);
    if (!bundle) throw new PoolNotSealed();
    return { bundle, final: state === 'drawn' || state === 'void' };
  }

  /** All entries as they are now. @throws PoolNotFound */
  async list(poolId: string): Promise<{ checkpoint: string; final: boolean; lines: AsyncIterable<string> }> {
    const { state } = await this.pools.get(poolId);
    const checkpoint = await this.proofs.checkpoint(poolId);
    const size = Number(checkpoint.split('\n')[1]);
    return { checkpoint, final: state !== 'open', lines: this.ballots.lines(poolId, size) };
  }

  /** @throws PoolNotFound */
  async checkpoint(poolId: string): Promise<string> {
    await this.pools.get(poolId);
    return this.proofs.checkpoint(poolId);
  }

  /** @throws PoolNotFound, TreeSizeInvalid */
  async consistency(poolId: string, from: number, to: number): Promise<readonly Buffer[]> {
    await this.pools.get(poolId);
    return this.proofs.consistency(poolId, from, to);
  }
}
