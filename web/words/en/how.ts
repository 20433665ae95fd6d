export const how = {
  title: 'How it works',
  description: 'How a draw is made, what its proof guarantees, and what it cannot guarantee.',
  lead: 'You need not trust us with the draw. Here is what you can check, and where trust is still needed.',
  steps: {
    title: 'How a day goes',
    items: [
      {
        title: 'The rules are signed',
        text: 'Before the first ballot, the service signs a note: the rules, the closing time and a commitment to its own secret.',
      },
      {
        title: 'Every ballot gets a place',
        text: 'Ballots go into one numbered list without gaps. Your receipt says which place is yours, and is signed.',
      },
      {
        title: 'The list is sealed',
        text: 'When the day is over, the list is closed under one signed fingerprint. Whoever changes one byte changes the fingerprint.',
      },
      {
        title: 'A random value decides',
        text: 'Where a public beacon is used, its value comes from many independent organisations, after the sealing.',
      },
      {
        title: 'Anyone computes the winner',
        text: 'List and random value go in, the winner comes out: the same for everyone who computes it.',
      },
    ],
  },
  sure: {
    title: 'What the proof guarantees',
    items: [
      'Your ballot is in the sealed list, at the place that your receipt names, or your receipt proves that we cheated.',
      'No ballot was added, removed or moved after the seal.',
      'The winner follows from the sealed list and the random value, by published arithmetic.',
      'Every statement that we ever signed about a draw is in one journal that only grows.',
      'With level A, nobody could know the random value when the list was sealed.',
    ],
  },
  unsure: {
    title: 'What it cannot guarantee',
    items: [
      'That each player is a different person: the proof knows pseudonyms, not people.',
      'That we accept every ballot: without a receipt you have no proof that you asked.',
      'That the operator did not play with accounts of its own. With level C, it could even know the result beforehand.',
      'That you see the same lists as others, unless you compare: keep a copy of our key and of a checkpoint.',
      'That a prize is paid: a proof says who has won, not what anybody does.',
    ],
  },
  do: {
    title: 'What you can do',
    items: [
      'Keep your receipts. They are yours, and they are evidence.',
      'Write down our public key, or keep it in a second place, and compare it later.',
      'Check a draw on a device of yours, with the list that you have downloaded.',
    ],
    key: 'Our public key',
    lotteries: 'Choose a draw to check',
  },
};
