/** The migrated database that every test database is cloned from. */
export const TEMPLATE = 'lottery_template';

/** Set-up and tear-down run in the same process but as modules of their own: the global object joins them. */
export const running: { stop?: () => Promise<void> } = ((globalThis as Record<string, unknown>)['lotteryTestServer'] ??=
  {});
