/** Events about users. An append-only contract: fields are added, never changed, renamed or removed. */
export const USER_BANNED = 'user.banned';
export const USER_UNBANNED = 'user.unbanned';

/** The aggregate is the user. The reason of a ban is for admins only. */
export interface UserBanned {
  readonly userId: string;
  /** RFC 3339. */
  readonly bannedAt: string;
}

export interface UserUnbanned {
  readonly userId: string;
}
