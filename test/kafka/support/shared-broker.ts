import type { Broker } from './broker';

/** Set-up and tear-down run in the same process but as modules of their own: the global object joins them. */
export const shared: { broker?: Broker } = ((globalThis as Record<string, unknown>)['lotteryTestBroker'] ??= {});
