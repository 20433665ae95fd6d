import { Injectable } from '@nestjs/common';
import { BallotList, LogProofs } from '../../ballot/ballot.api';
import { Bundle, DrawBundles } from '../../draw/draw.api';
import { PoolNotSealed } from '../domain/errors';
import { Pools } from './pools';

/** Returns what a stranger needs to check a pool. */
@Injectable()
export class ProvePools {
  constructor(
    private readonly pools: Pools,
    private readonly bundles: DrawBundles,
    private readonly proofs: LogProofs,
  ) {}

  /** `final`: the response will never change. @throws PoolNotFound, PoolNotSealed */
  async bundle(poolId: string): Promise<{ bundle: Bundle; final: boolean }> {
    const { state } = await this.pools.get(poolId);
    const bundle = await this.bundles.bundle(poolId);
    if (!bundle) throw new PoolNotSealed();
    return { bundle, final: state === 'drawn' || state === 'void' };
  }

  /** The current list of all entries. `final` as for the bundle. @throws PoolNotFound */
  async list(poolId: string): Promise<BallotList & { final: boolean }> {
    const { state } = await this.pools.get(poolId);
    return { final: state !== 'open', ...(await this.proofs.list(poolId)) };
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
