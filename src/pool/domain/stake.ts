import { invariant } from '../../shared/domain/invariant';
import { MAX_STAKE_MINOR } from './money';

/** One bet of a player on a game, announced by another service. */
export interface Stake {
  /** The id of the announcement, 1 to 255 characters: a repeated one makes no second entry. */
  readonly messageId: string;
  /** A UUID in lower case. The announcing service vouches for it; it need not be an account with us. */
  readonly userId: string;
  /** A UUID in lower case. */
  readonly gameId: string;
  /** Minor units: 1 to MAX_STAKE_MINOR. */
  readonly stakeMinor: bigint;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
/** PostgreSQL cannot store U+0000. */
// eslint-disable-next-line no-control-regex
const MESSAGE_ID = /^[^\u0000]{1,255}$/;

/** Whether a message with this id can be a stake. */
export function isMessageId(text: string): boolean {
  return MESSAGE_ID.test(text);
}

/** @throws Error if the caller did not check the stake */
export function assertStake({ messageId, userId, gameId, stakeMinor }: Stake): void {
  invariant(isMessageId(messageId), 'a stake has the id of its message');
  invariant(UUID.test(userId) && UUID.test(gameId), 'a stake has a player and a game');
  invariant(stakeMinor > 0n && stakeMinor <= MAX_STAKE_MINOR, `a stake is 1 to ${MAX_STAKE_MINOR} minor units`);
}
