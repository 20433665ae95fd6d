import { EventDescription, INSTANT, UUID } from '../../shared/application/event-catalogue';
import { USER_BANNED, USER_UNBANNED, UserBanned, UserUnbanned } from '../user.events';

export const USER_EVENTS: Readonly<Record<string, EventDescription>> = {
  [USER_BANNED]: {
    summary: 'A user was banned',
    fields: { userId: UUID, bannedAt: INSTANT } satisfies Record<keyof UserBanned, object>,
  },
  [USER_UNBANNED]: {
    summary: 'The ban of a user was lifted',
    fields: { userId: UUID } satisfies Record<keyof UserUnbanned, object>,
  },
};
