import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Beacon } from './beacon';
import { Draws } from './draws';

/**
 * Waits for what the beacon says in the round of a seal: that round and no other, for as long as it takes. The signature
 * of a round is unique, so it does not matter which replica stores it.
 */
@Injectable()
export class GatherBeacon {
  constructor(
    private readonly draws: Draws,
    private readonly beacon: Beacon,
    private readonly work: UnitOfWork,
  ) {}

  /** Whether all randomness of a sealed draw is there. It may ask the network: not to be called within a unit of work. */
  async execute(drawId: string): Promise<boolean> {
    const { round, beaconSignature } = await this.draws.get(drawId);
    if (round === null || beaconSignature !== null) return true;
    const signature = await this.beacon.signatureOf(round.chain, round.round);
    if (signature === null) return false;
    await this.work.run(() => this.draws.storeBeaconSignature(drawId, signature));
    return true;
  }
}
