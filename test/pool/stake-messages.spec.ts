import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { ReceivedMessage } from '../../src/shared/application/batch-handler';
import { StakeMessages } from '../../src/pool/infrastructure/stake-messages';
import type { StakeReceipts } from '../../src/pool/application/stake-receipts';
import type { EntryReceipt, Stake } from '../../src/pool/pool.api';

const [playerId, gameId] = [randomUUID(), randomUUID()];

describe('messages about stakes', () => {
  let taken: Stake[];
  let told: string[];
  let messages: StakeMessages;

  beforeEach(() => {
    [taken, told] = [[], []];
    jest.spyOn(Logger.prototype, 'log').mockImplementation((text: string) => void told.push(text));
    const take = (stakes: readonly Stake[]) => {
      taken.push(...stakes);
      return Promise.resolve(new Map<string, EntryReceipt>());
    };
    const receipts = (stakes: readonly Stake[]) => Promise.resolve(stakes.map(() => ({})));
    const noneReused = { receipts } as unknown as StakeReceipts;
    messages = new StakeMessages({ take }, noneReused);
  });
  afterEach(() => jest.restoreAllMocks());

  const message = (value: unknown, id = 'm1'): ReceivedMessage => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const bytes = value instanceof Buffer ? value : Buffer.from(text);
    return { id, topic: 'player.v1.staked', key: null, value: bytes };
  };
  const stake = (amount: unknown) => ({
    message: { eventType: 'player.stakeCreated' },
    game: { playerId, gameId, stake: amount },
  });

  it('are taken together, under the ids of their messages', async () => {
    expect(await messages.handle([message(stake('1234'), 'a'), message(stake(5), 'b')])).toEqual([]);
    expect(taken).toEqual([
      { messageId: 'a', userId: playerId, gameId, stakeMinor: 1234n },
      { messageId: 'b', userId: playerId, gameId, stakeMinor: 5n },
    ]);
  });

  it('are ignored and counted where they are about something else; the log tells it now and then', async () => {
    const other = { message: { eventType: 'player.renamed' } };
    await messages.handle(Array.from({ length: 25 }, () => message(other)));
    await messages.handle([message(other), message(stake(1))]);
    expect(messages.ignored).toBe(26);
    expect(taken).toHaveLength(1);
    expect(told).toEqual([
      'Ignored 1 events of other types so far; the latest: "player.renamed".',
      'Ignored 10 events of other types so far; the latest: "player.renamed".',
    ]);
  });

  it.each([
    ['what is no JSON', 'stake', 'the message must be JSON'],
    ['nothing', '', 'the message must be JSON'],
    ['text that is not UTF-8', Buffer.from('{"message":{"eventType":"\xff"}}', 'latin1'), 'JSON in UTF-8'],
    ['a stake of nothing', stake('0'), 'stake must be a whole number'],
    ['a stake that JSON has rounded', stake(2 ** 60), 'stake must be a whole number'],
    ['no type', {}, 'eventType must be a text'],
  ])('refuse %s, and take the others', async (_, value, reason) => {
    const [bad, good] = [message(value, 'bad'), message(stake(1), 'good')];
    const refused = await messages.handle([bad, good]);
    expect(refused).toEqual([{ message: bad, reason: expect.stringContaining(reason) }]);
    expect(taken.map(({ messageId }) => messageId)).toEqual(['good']);
  });

  it.each(['', 'x'.repeat(256), 'a\u0000b'])('refuse an id that cannot be kept, at once: %j', async (id) => {
    const bad = message(stake(1), id);
    const refused = await messages.handle([bad, message(stake(1))]);
    expect(refused).toEqual([{ message: bad, reason: expect.stringContaining('1 to 255 characters') }]);
    expect(taken).toHaveLength(1);
  });
});
