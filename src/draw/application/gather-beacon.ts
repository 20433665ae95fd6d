import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import type { BeaconRound } from '../domain/beacon-chain';
import type { Draw } from '../domain/draw';
import { Beacon } from './beacon';
import { Draws } from './draws';

interface WaitingDraws extends BeaconRound {
  readonly drawIds: string[];
}

/**
 * Waits for the beacon's signatures of the rounds in the seals, and of no other rounds, for as long as it takes. The
 * signature of a round is unique, so it does not matter which replica stores it.
 */
@Injectable()
export class GatherBeacon {
  constructor(
    private readonly draws: Draws,
    private readonly beacon: Beacon,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * Returns those of these sealed draws whose randomness is complete. May ask the network, once for each round: do not
   * call it within a unit of work.
   */
  async execute(drawIds: readonly string[]): Promise<readonly string[]> {
    const draws = await this.draws.get(drawIds);
    const ready = draws.filter(({ round, beaconSignature }) => round === null || beaconSignature !== null);
    const gathered = ready.map(({ id }) => id);
    for (const { chain, number, drawIds: waiting } of byRound(draws)) {
      const signature = await this.beacon.signatureOf(chain, number);
      if (signature === null) continue;
      await this.work.run(() => this.draws.storeBeaconSignature(waiting, signature));
      for (const drawId of waiting) gathered.push(drawId);
    }
    return gathered;
  }
}

/** The waiting draws, by the round that they wait for. */
function byRound(draws: readonly Draw[]): Iterable<WaitingDraws> {
  const rounds = new Map<string, WaitingDraws>();
  for (const { id, round, beaconSignature } of draws) {
    if (round === null || beaconSignature !== null) continue;
    const key = `${round.chain.hash} ${round.number}`;
    const waiting = rounds.get(key) ?? { ...round, drawIds: [] };
    waiting.drawIds.push(id);
    rounds.set(key, waiting);
  }
  return rounds.values();
}
