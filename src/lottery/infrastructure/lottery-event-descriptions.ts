import { constant, COUNT, DAY, EventDescription, INSTANT, UUID } from '../../shared/application/event-catalogue';
import * as events from '../lottery.events';

const OF_LOTTERY = { date: DAY, drawId: UUID };
const WINNER = {
  type: 'object',
  required: ['ballotId', 'userId', 'index'],
  properties: { ballotId: UUID, userId: UUID, index: COUNT },
};

export const LOTTERY_EVENTS: Readonly<Record<string, EventDescription>> = {
  [events.LOTTERY_OPENED]: {
    summary: 'A lottery takes ballots',
    fields: { ...OF_LOTTERY, state: constant('open'), closesAt: INSTANT } satisfies Record<
      keyof events.LotteryOpened,
      object
    >,
  },
  [events.LOTTERY_SEALED]: {
    summary: 'A lottery takes no more ballots; its draw follows',
    fields: { ...OF_LOTTERY, state: constant('sealed'), ballots: COUNT } satisfies Record<
      keyof events.LotterySealed,
      object
    >,
  },
  [events.LOTTERY_DRAWN]: {
    summary: 'A lottery has its winner',
    fields: { ...OF_LOTTERY, state: constant('drawn'), winner: WINNER } satisfies Record<
      keyof events.LotteryDrawn,
      object
    >,
  },
  [events.LOTTERY_VOIDED]: {
    summary: 'A lottery ended without a winner: no ballot could win',
    fields: { ...OF_LOTTERY, state: constant('void'), ballots: COUNT } satisfies Record<
      keyof events.LotteryVoided,
      object
    >,
  },
};
