import { Ballot } from '../domain/ballot';
import type { BallotRow } from './ballot-logs.table';

export function fromRow({ drawId, index, id, userId, player, submittedAt }: BallotRow): Ballot {
  return new Ballot(drawId, Number(index), id, userId, player.toString('hex'), submittedAt);
}
