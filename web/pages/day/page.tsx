import { Elsewhere, page } from '../../page';
import { Refused } from '../../client/api';

/** Where the date picker leads: to the page of the day that was picked. */
export const dayPicked = page<null>({
  path: '/lottery',
  listed: false,
  load: async (_, { query }) => {
    const date = query['date'] ?? '';
    if (/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Elsewhere(`/lottery/${date}`);
    throw new Refused(404, 'page.no-day', undefined);
  },
  head: ({ words }) => words.lotteries,
  Body: () => null,
});
