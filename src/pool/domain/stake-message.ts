import { InputFault, InvalidInput } from '../../shared/domain/invalid-input';
import { MAX_STAKE_MINOR } from './money';
import type { Stake } from './stake';

export const STAKE_CREATED = 'player.stakeCreated';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Maximum number of digits of a stake. */
const DIGITS = /^[1-9]\d{0,18}$/;

/**
 * Reads a game service's message about a stake: `{"message":{"eventType":"player.stakeCreated"},"game":{"playerId":
 * "<uuid>","gameId":"<uuid>","stake":"1234"}}`. Ignores unknown fields. Returns the event type alone if the message is
 * about something else.
 *
 * @throws InvalidInput with every fault
 */
export function readStakeMessage(value: unknown): Omit<Stake, 'messageId'> | { readonly otherType: string } {
  const eventType = fieldOf(fieldOf(value, 'message'), 'eventType');
  if (typeof eventType !== 'string') {
    throw new InvalidInput([{ pointer: '/message/eventType', detail: 'eventType must be a text' }]);
  }
  if (eventType !== STAKE_CREATED) return { otherType: eventType };
  const game = fieldOf(value, 'game');
  const [userId, gameId] = [uuidIn(game, 'playerId'), uuidIn(game, 'gameId')];
  const stakeMinor = stakeIn(game);
  if (userId !== null && gameId !== null && stakeMinor !== null) return { userId, gameId, stakeMinor };
  const faults: InputFault[] = [];
  if (userId === null) faults.push({ pointer: '/game/playerId', detail: 'playerId must be a UUID' });
  if (gameId === null) faults.push({ pointer: '/game/gameId', detail: 'gameId must be a UUID' });
  const bounds = `stake must be a whole number of minor units, 1 to ${MAX_STAKE_MINOR}, as number or decimal text`;
  if (stakeMinor === null) faults.push({ pointer: '/game/stake', detail: bounds });
  throw new InvalidInput(faults);
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function uuidIn(game: unknown, name: string): string | null {
  const value = fieldOf(game, name);
  return typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : null;
}

/** A number beyond 2^53 has already been rounded: the stake is unknown. */
function stakeIn(game: unknown): bigint | null {
  const value = fieldOf(game, 'stake');
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !DIGITS.test(text)) return null;
  const stakeMinor = BigInt(text);
  return stakeMinor <= MAX_STAKE_MINOR ? stakeMinor : null;
}
