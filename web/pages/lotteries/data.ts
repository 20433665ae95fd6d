import type { Api, Of } from '../../client/api';
import { Refused } from '../../client/api';
import type { PageRequest } from '../../facts';

export const STATES = ['open', 'sealed', 'drawn', 'void'] as const;
export type State = (typeof STATES)[number];

/** Lotteries on a page: about two months. */
const SHOWN = 60;

export interface LotteriesData {
  readonly state: State | null;
  /** Whether there are newer ones before these. */
  readonly isOlder: boolean;
  /** By month, `2026-11`, newest first. */
  readonly months: readonly { readonly month: string; readonly lotteries: Of<'/lotteries'>['items'] }[];
  readonly nextCursor: string | null;
}

export async function load(api: Api, { query }: PageRequest): Promise<LotteriesData> {
  const state = stateOf(query['state']);
  const { items, nextCursor } = await api.get('/lotteries', {
    query: { limit: SHOWN, cursor: query['cursor'], state: state ?? undefined },
  });
  const months = [...new Set(items.map(({ date }) => date.slice(0, 7)))].map((month) => ({
    month,
    lotteries: items.filter(({ date }) => date.startsWith(month)),
  }));
  return { state, isOlder: query['cursor'] !== undefined, months, nextCursor };
}

/** A form sends an empty state for all of them. @throws Refused if there is no such state. */
function stateOf(given = ''): State | null {
  if (given === '') return null;
  const known = STATES.find((state) => state === given);
  if (known === undefined) throw new Refused(404, 'page.state-unknown', undefined);
  return known;
}
