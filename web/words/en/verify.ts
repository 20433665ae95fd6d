/** The verify page, the check on a lottery's page, and the page that is one file. Braces are filled in. */
export const verify = {
  title: 'Check a draw yourself',
  lead: 'Your browser does the arithmetic of the whole draw again, from the files that were published. Nothing is sent anywhere.',
  noScript: 'The check runs in your browser, so it needs JavaScript. The programs need none:',
  ofDay: {
    title: 'A day’s lottery',
    date: 'Day (UTC)',
    placeholder: 'YYYY-MM-DD',
    missing: 'Choose a day first.',
  },
  ofFiles: {
    title: 'Files that you have',
    lead: 'The bundle is enough for the winner. With the list of ballots every ballot is checked, and with your receipt whether yours was in it.',
    drop: 'Drop bundle.json, ballots.txt, receipt.json or proof.json here, or choose them',
    check: 'Check these files',
    remove: 'Remove',
    unknown: '{name} is none of the four.',
    needBundle: 'The bundle is missing: bundle.json holds the draw.',
    parts: { bundle: 'Bundle', ballots: 'Ballots', receipt: 'Receipt', proof: 'Proof' },
  },
  key: {
    title: 'The operator’s key',
    lead: 'It is the only key that is believed. Compare it with one from elsewhere: a rule book, a friend who asked from another network.',
    label: 'Verifier key',
    first:
      'The operator’s key: first seen today. It is kept in this browser from now on, and a change will be shouted.',
    same: 'The operator’s key: the same as on {date}.',
    changed: 'THE KEY HAS CHANGED.',
    changedWhy:
      'On {date} it was another one. Operators announce a new key days ahead. If this one was not announced, somebody may be lying to you: keep both, and ask others what they see.',
    now: 'Now: {key}',
    kept: 'Kept: {key}',
    accept: 'I have compared it: believe the new key, too',
    own: 'Typed by you.',
    toKeep:
      'Not seen in this browser before. It will be kept once a draw holds with it; from then on a change will be shouted.',
    notKept:
      'The operator’s key. This browser keeps nothing, so it cannot notice a change: compare the key every time.',
    asking: 'Asking for the key …',
    noAnswer: 'The service was asked for its key and gave none, so it could not be compared.',
    ask: 'Ask again',
    needed: 'Without a key nothing can be checked. Ask for it again.',
    missing: 'A key is needed, in the form name+id+base64.',
    other:
      'This draw is signed by a key that you do not believe: {key}. If you have compared it elsewhere, put it into the field above.',
  },
  run: {
    check: 'Check in this browser',
    again: 'Check again',
    stop: 'Stop',
    starting: 'Reading the bundle …',
    progress: '{lines} of {total} ballots',
    gone: 'There is a new release of this page: load it again, then check.',
    unusable: 'The check could not begin: {reason}',
  },
  verdict: {
    holds: 'Everything that was checked holds.',
    fails: 'The draw does NOT verify.',
    undrawn: 'Everything that was checked holds; the draw is not drawn yet.',
  },
  labels: { checked: 'CHECKED', failed: 'FAILED', 'not-checked': 'NOT CHECKED' },
  result: 'Result',
  commandLine: 'The same lines, as the command line prints them',
  without: {
    title: 'Do it without us',
    lead: 'A checker that comes from the operator on the day of the dispute proves little. So keep one from before, or use one that we cannot change.',
    file: 'This page as one file',
    fileHow: 'Save it once; it works from your disk, offline. Its SHA-256:',
    open: 'Open it here',
    yourKey: 'the key, from elsewhere',
    program: 'On the command line',
    programHow: 'Two verifiers that were written apart, in JavaScript and in Python, print the same lines:',
  },
  file: {
    saved: 'You opened this page from your disk: it came from nobody today.',
    served: 'This page came from a server. Save it, note its SHA-256, and open it from your disk next time.',
    language: 'Español',
    offline: 'It works offline and its policy allows no connection to anywhere.',
  },
};

export type VerifyWords = typeof verify;
