import { type Bundle, BuiltDraw, type DrawOptions, type Forgery, pseudonym } from './bundle-builder';
import { TestChain } from './test-chain';
import { failureOf, verifyDraw } from './verify-draw';

/** Every note is signed by the operator's true key: only what the statements say can give the operator away. */
describe('an operator who signs a lie', () => {
  const lies: [string, string, DrawOptions][] = [
    ['names another winner', 'candidates: candidate 1 is ballot', lie({ draw: anotherWinner })],
    ['skips the first candidate', 'candidates: candidate 1 is not of block', { winners: 3, forge: without(0) }],
    ['stops before all prizes are won', 'candidates: the candidates end too early', { winners: 3, forge: without(-1) }],
    [
      'adds a winner',
      'candidates: candidate 2 comes after the last winner',
      { winners: 2, forge: { open: line('winners', '1') } },
    ],
    [
      'lets a player win twice',
      'candidates: candidate . is repeated',
      { players: 2, winners: 5, forge: { draw: twice } },
    ],
    [
      'lets an excluded player win',
      'candidates: candidate . is excluded',
      { excluded: [0, 1, 3, 4], forge: { draw: allWin } },
    ],
    ['calls an honest player excluded', 'candidates: candidate 1 is winner', lie({ draw: exclude })],
    ['draws with another secret', 'commitment: ', lie({ secret: Buffer.alloc(32, 1) })],
    ['publishes another secret', 'commitment: ', lie({ draw: line('secret', hash(0)) })],
    ['commits to another secret', 'commitment: ', lie({ open: line('commitment', '0'.repeat(64)) })],
    [
      'draws before the round',
      'draw: it was drawn before the round',
      { beacon: 'test-chain', drawnAt: '2026-11-22T00:00:59.999Z' },
    ],
    ['draws before the seal', 'draw: it was drawn before', { drawnAt: '2026-11-22T00:00:00.999Z' }],
    ['claims a better level', 'assurance: the recorded facts give C', lie({ draw: line('assurance', 'A') })],
    ['claims a better level than B', 'assurance: the recorded facts give B', late({ draw: line('assurance', 'A') })],
    ['claims a worse level', 'assurance: the recorded facts give C', lie({ draw: line('assurance', 'B') })],

    ['names a later round in the open note', 'round: the open note', beacon({ open: nextRound })],
    ['names a later round in the seal note', 'round: the seal note', beacon({ seal: nextRound })],
    ['seals late against a round that may be known', 'round: the seal note', late({ seal: openRound })],
    ['drops the beacon at sealing', 'round: the open note has a beacon', beacon({ seal: line('beacon', 'none') })],
    ['adds a beacon at sealing', 'round: the seal note has a beacon', lie({ seal: line('beacon', `${hash(1)} 5`) })],
    ['takes a chain of its own', 'round: the chain is not a pinned one', beacon({ open: otherChain })],
    ['changes the chain at sealing', 'round: the seal note has another chain', beacon({ seal: otherChain })],
    [
      'takes the beacon of another round',
      'beacon: it is not the signature of round',
      beacon({ beaconSignature: () => new TestChain().sign(1) }),
    ],
    ['notes another beacon than it shows', 'beacon: the bundle has', beacon({ draw: line('beacon-signature', 'ab') })],
    [
      'says there was no beacon',
      'draw: it has no beacon signature',
      beacon({ draw: line('beacon-signature', 'none') }),
    ],
    ['has a beacon nobody asked for', 'draw: it has a beacon', lie({ draw: line('beacon-signature', 'ab') })],

    ['seals before it opens', 'seal: it was sealed before it opened', early('2026-11-20T00:00:00.000Z', 'manual')],
    ['seals by schedule too early', 'seal: it was sealed by schedule', early('2026-11-21T12:00:00.000Z')],
    ['seals another opening', 'seal: it names another open note', lie({ seal: line('open', hash(0)) })],
    ['seals another draw', 'seal: it names another draw', lie({ seal: otherDraw })],
    ['draws another draw', 'draw: it names another draw', lie({ draw: otherDraw })],
    ['draws another seal', 'draw: it names another seal note', lie({ draw: line('seal', hash(0)) })],
    ['calls it full at an instant', 'seal: the trigger full', lie({ seal: line('trigger', 'full') })],
    ['closes a full one by hand', 'seal: the trigger full', { trigger: 'full', forge: { seal: byHand } }],
    [
      'calls it full too early',
      'seal: it has 10 ballots',
      { trigger: 'full', forge: { open: line('closes', 'when-full 11') } },
    ],
    [
      'seals another size',
      'checkpoint: its size',
      lie({ seal: (body) => body.replaceAll(/(size|eligible) 10/g, '$1 11') }),
    ],
    ['seals another root', 'checkpoint: its root', lie({ seal: line('root', `${'A'.repeat(43)}=`) })],
    [
      'has a checkpoint of another log',
      'checkpoint: the checkpoint is of another log',
      lie({ checkpoint: (body) => `x${body}` }),
    ],
    [
      'has a checkpoint with an empty line',
      'checkpoint: the checkpoint has',
      lie({ checkpoint: (body) => `${body}\nx\n` }),
    ],
    ['seals an empty tree with a root', 'checkpoint: the root is not', rootedEmptyTree()],

    [
      'has fewer exclusions than sealed',
      'exclusions: the list has 0',
      lie({ bundle: (one) => (one.exclusions = '') }, [1]),
    ],
    ['has other exclusions than sealed', 'exclusions: the list is not', lie({ bundle: otherExclusion }, [1])],
    ['counts the exclusions wrongly', 'exclusions: the list has 1', lie({ seal: excludedCount }, [1])],
    [
      'excludes the same player twice',
      'exclusions: line 2 is not in order',
      lie({ exclusions: (all) => all + all }, [1]),
    ],
    ['excludes in another order', 'exclusions: line 2 is not in order', lie({ exclusions: reversed }, [1, 2])],
    ['excludes one without a ballot', 'root: the excluded player', lie({ seal: line('eligible', '9') }, [99])],
    ['has more eligible ballots than can be', 'seal: 10 ballots cannot', lie({ seal: line('eligible', '10') }, [1])],
    ['has fewer eligible ballots than all', 'seal: nobody is excluded', lie({ seal: line('eligible', '9') })],
    [
      'has fewer eligible ballots than there are',
      'root: 8 ballots are eligible',
      lie({ seal: line('eligible', '7') }, [1]),
    ],

    [
      'takes a ballot at the closing instant',
      'ballots: line 10 is from after the lottery',
      lie({ lines: time(9, 22) }),
    ],
    [
      'has a ballot from after the seal',
      'ballots: line 10 is from after the seal',
      { trigger: 'full', forge: { lines: time(9, 23) } },
    ],
    ['has a ballot from before the opening', 'ballots: line 1 is from before', lie({ lines: time(0, 20) })],
    ['backdates a ballot', 'ballots: line 3 is earlier', lie({ lines: time(2, 21) })],
    ['has a ballot id twice', 'ballots: line 3 repeats', lie({ lines: (all) => all.with(2, swapId(all[2], all[1])) })],
    ['leaves an index out', 'ballots: line 3 is not ballot 2', lie({ lines: (all) => all.toSpliced(2, 1) })],
    [
      'swaps two ballots',
      'ballots: line 7 is not ballot 6',
      lie({ lines: (all) => all.with(6, all[7] ?? '').with(7, all[6] ?? '') }),
    ],
  ];

  it.each(lies)('%s: %s', async (_, expected, options) => {
    expect(failureOf(await verifyDraw(new BuiltDraw(options)))).toMatch(new RegExp(`^${expected}`));
  });

  it('shows another list than the one that it sealed', async () => {
    const honest = new BuiltDraw({ ballots: 100 });
    const other = honest.lines.with(50, (honest.lines[50] ?? '').replace(pseudonym(0), pseudonym(77)));
    const list = other.map((one) => `${one}\n`).join('');
    expect(failureOf(await verifyDraw(honest, { list }))).toBe('root: its root is not the sealed one');
  });

  it('shows a false beacon before it draws', async () => {
    const waiting = new BuiltDraw({ beacon: 'test-chain', undrawn: true });
    const { beacon: later } = new BuiltDraw({ beacon: 'test-chain' }).bundle;
    const shown = (signature?: string) => JSON.stringify({ ...waiting.bundle, beacon: { ...later, signature } });
    expect(failureOf(await verifyDraw(waiting, { bundle: shown(later?.signature) }))).toBeNull();
    const bundle = shown(new TestChain().sign(1));
    expect(failureOf(await verifyDraw(waiting, { bundle }))).toMatch(/^round: it is not the signature/);
  });

  it('proves another line than the one in the tree', async () => {
    const draw = new BuiltDraw({
      forge: { bundle: ({ candidates: [one] }) => one && (one.line = one.line.slice(0, -4) + '999Z') },
    });
    expect(failureOf(await verifyDraw(draw))).toMatch(/^inclusion: the proof of candidate 1 does not lead/);
  });

  it.each([
    ['too long', (proof: string[]) => [...proof, hash(0)]],
    ['too short', (proof: string[]) => proof.slice(0, -1)],
    ['in another order', (proof: string[]) => proof.toReversed()],
  ])('gives a proof that is %s', async (_, change) => {
    const bundle: Forgery['bundle'] = ({ candidates }) => candidates.forEach((one) => (one.proof = change(one.proof)));
    expect(failureOf(await verifyDraw(new BuiltDraw({ forge: { bundle } })))).toMatch(/^inclusion: the proof/);
  });
});

function lie(forge: Forgery, excluded: number[] = []): DrawOptions {
  return { forge, excluded };
}

function beacon(forge: Forgery): DrawOptions {
  return { beacon: 'test-chain', forge };
}

function late(forge: Forgery): DrawOptions {
  return { ...beacon(forge), sealedAt: '2026-11-22T00:30:00.000Z' };
}

function early(sealedAt: string, trigger: 'schedule' | 'manual' = 'schedule'): DrawOptions {
  return { sealedAt, trigger, ballots: 3 };
}

function line(name: string, value: string) {
  return (body: string) => body.replace(new RegExp(`^${name} .*$`, 'm'), `${name} ${value}`);
}

function hash(digit: number): string {
  return String(digit).repeat(64);
}

function nextRound(body: string): string {
  return body.replace(/ ([0-9]+)\n$/, (_, round) => ` ${Number(round) + 1}\n`);
}

function openRound(body: string): string {
  return body.replace(/ ([0-9]+)\n$/, (_, round) => ` ${Number(round) - 600}\n`);
}

function otherChain(body: string): string {
  return body.replace(/^beacon [0-9a-f]{64}/m, `beacon ${hash(1)}`);
}

function otherDraw(body: string): string {
  return body.replace(/^draw 0/m, 'draw 1');
}

function byHand(body: string): string {
  return line('trigger', 'manual')(body);
}

function excludedCount(body: string): string {
  return body.replace('excluded 1 ', 'excluded 2 ');
}

function reversed(text: string): string {
  return text
    .split('\n')
    .slice(0, -1)
    .toReversed()
    .map((one) => `${one}\n`)
    .join('');
}

function anotherWinner(body: string): string {
  return body.replace(/^(candidate \d+) (\d+)/m, (_, start, index) => `${start} ${(Number(index) + 1) % 10}`);
}

function exclude(body: string): string {
  return body.replace(/^(candidate .*) winner$/m, '$1 excluded');
}

function twice(body: string): string {
  return body.replaceAll('repeated', 'winner');
}

function allWin(body: string): string {
  return body.replaceAll(/excluded$/gm, 'winner');
}

/** A candidate is missing from the draw note and from the bundle. */
function without(place: number): Forgery {
  return {
    draw: (body) => {
      const named = body.match(/^candidate .*\n/gm) ?? [];
      return body.replace(named.at(place) ?? '', '');
    },
    bundle: ({ candidates }) => candidates.splice(place, 1),
  };
}

function otherExclusion(bundle: Bundle): void {
  bundle.exclusions = `${pseudonym(2)}\n`;
}

function rootedEmptyTree(): DrawOptions {
  const root = `${'A'.repeat(43)}=`;
  return { ballots: 0, forge: { seal: line('root', root), checkpoint: (body) => body.replace(/\S+\n$/, `${root}\n`) } };
}

function swapId(into = '', from = ''): string {
  return into.replace(into.split(' ')[1] ?? '', from.split(' ')[1] ?? '');
}

/** Moves a ballot to midnight of a day of November. */
function time(index: number, day: number) {
  return (lines: string[]) => lines.with(index, (lines[index] ?? '').replace(/\S+$/, `2026-11-${day}T00:00:00.000Z`));
}
