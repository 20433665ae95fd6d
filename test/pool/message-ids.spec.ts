import { randomUUID } from 'node:crypto';
import { StakeMessages } from '../../src/pool/infrastructure/stake-messages';
import { Stake, StakeIntake } from '../../src/pool/pool.api';
import type { ReceivedMessage } from '../../src/shared/application/batch-handler';
import { poolsOf, stakeOn } from '../support/pool-client';
import { startTestApp, TestApp } from '../support/test-app';

describe('messages about stakes', () => {
  let app: TestApp;
  let gameId: string;

  beforeAll(async () => (app = await startTestApp({ ROLES: 'api' })));
  afterAll(() => app.close());
  beforeEach(() => (gameId = randomUUID()));

  const messageOf = ({ messageId, userId, stakeMinor, ...stake }: Stake): ReceivedMessage => ({
    id: messageId,
    topic: 'player.v1.staked',
    key: null,
    value: Buffer.from(
      JSON.stringify({
        message: { eventType: 'player.stakeCreated' },
        game: { playerId: userId, gameId: stake.gameId, stake: stakeMinor.toString() },
      }),
    ),
  });

  /** The reasons for which messages are refused, by place. */
  const handle = async (stakes: readonly Stake[]): Promise<Record<number, string>> => {
    const messages = stakes.map(messageOf);
    const refused = await app.app.get(StakeMessages, { strict: false }).handle(messages);
    return Object.fromEntries(refused.map(({ message, reason }) => [messages.indexOf(message), reason]));
  };

  const staked = async (): Promise<string[]> =>
    (await poolsOf(app, gameId)).flatMap(({ entries }) => entries.items.map(({ stake }) => stake));

  it('are taken once, however often they come', async () => {
    const stake = stakeOn(gameId, 7n);
    expect(await handle([stake, stake])).toEqual({});
    expect(await handle([stake])).toEqual({});
    expect(await staked()).toEqual(['7']);
  });

  it('are refused where another stake has their id: none vanishes unseen', async () => {
    const stake = stakeOn(gameId, 7n);
    const reused = 'its id is that of another stake';
    expect(await handle([stake, { ...stake, stakeMinor: 8n }])).toEqual({ 1: reused });
    expect(await handle([{ ...stake, userId: randomUUID() }, stakeOn(gameId, 9n), stake])).toEqual({ 0: reused });
    expect(await handle([{ ...stake, gameId: randomUUID() }])).toEqual({ 0: reused });
    expect(await staked()).toEqual(['7', '9']);
  });

  it.each(['x'.repeat(256), 'a\u0000b', ''])(
    'are refused at once where their id cannot be kept: %j',
    async (messageId) => {
      const taking = jest.spyOn(app.app.get<StakeIntake>(StakeIntake, { strict: false }), 'take');
      const stakes = [stakeOn(gameId, 7n), { ...stakeOn(gameId, 8n), messageId }, stakeOn(gameId, 9n)];
      expect(await handle(stakes)).toEqual({ 1: 'uuid must be 1 to 255 characters in UTF-8, none of them U+0000' });
      expect(await staked()).toEqual(['7', '9']);
      expect(taking).toHaveBeenCalledTimes(1);
      taking.mockRestore();
    },
  );
});
