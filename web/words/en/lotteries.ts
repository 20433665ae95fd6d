export const lotteries = {
  title: 'All lotteries',
  description: 'Every lottery since the first, with its state and its number of ballots.',
  filter: 'State',
  every: 'All',
  none: 'There is no lottery of this kind yet.',
  older: 'Older lotteries',
  newest: 'Back to the newest',
};
