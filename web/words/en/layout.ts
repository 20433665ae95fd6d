export const layout = {
  name: 'Open Lottery',
  motto: 'A daily lottery whose draw anyone can check.',
  skip: 'Skip to the content',
  menu: 'Pages',
  languages: 'Language',
  language: 'English',
  theme: 'Light or dark',
  nav: {
    home: 'Today',
    lotteries: 'All lotteries',
    pools: 'Pools',
    verify: 'Check a draw',
    how: 'How it works',
    account: 'Your account',
    admin: 'Administration',
  },
  footer: {
    api: 'For programs: the API',
    keys: 'Our public key',
    journal: 'Signed journal',
  },
  state: {
    open: 'Open',
    sealed: 'Sealed, waiting to be drawn',
    drawn: 'Drawn',
    void: 'Void',
  },
  errors: {
    '404': { title: 'There is no such page', text: 'The address may be mistyped, or the day may have had no lottery.' },
    '429': {
      title: 'Too many requests',
      text: 'Your network asks faster than we allow. Wait some seconds and load the page again.',
    },
    '503': {
      title: 'Not available at the moment',
      text: 'The service is busy or cannot reach its database. Nothing is lost: ballots and draws are kept. Try again in a minute.',
    },
    '500': {
      title: 'Something is broken on our side',
      text: 'It has been logged. Try again; if it stays like this, tell the operator the time and the address of this page.',
    },
    next: 'What you can do next',
    today: 'See the lottery of today',
    all: 'See all lotteries',
    again: 'Load this page again',
  },
};
