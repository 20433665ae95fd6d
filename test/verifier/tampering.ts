import type { Bundle } from './draw-options';

/** One change to a draw that was published, and the steps of which one must notice it. */
export interface Tampering {
  readonly name: string;
  readonly bundle: Bundle;
  readonly list: string;
  readonly steps: readonly string[];
}

export interface Published {
  readonly bundle: Bundle;
  readonly list: string;
  /** Signs a body with the operator's own key. */
  readonly resign: (body: string) => string;
}

/** Every kind of change in every part, at `places` places of each part. */
export function tamperings(draw: Published, places: number): Tampering[] {
  const unsigned = [...flips(draw, places), ...droppedBytes(draw), ...moves(draw), ...listChanges(draw, places)];
  return [...unsigned, ...signedChanges(draw)];
}

type Change = (bundle: Bundle) => void;

const NOTES = [
  ['open', ['open-signature']],
  ['seal', ['seal-signature']],
  ['draw', ['draw-signature']],
  ['checkpoint', ['checkpoint']],
] as const;

function changed(draw: Published, name: string, steps: readonly string[], change: Change): Tampering {
  const bundle = structuredClone(draw.bundle);
  change(bundle);
  return { name, bundle, list: draw.list, steps };
}

/** One character becomes its neighbour. */
function flips(draw: Published, places: number): Tampering[] {
  const { bundle } = draw;
  const flipped = (part: string, text: string, steps: readonly string[], set: (bundle: Bundle, text: string) => void) =>
    spread(text.length, places).map((at) =>
      changed(draw, `byte ${at} of ${part}`, steps, (one) => {
        set(one, flip(text, at));
      }),
    );
  const { beacon } = bundle;
  if (!beacon) throw new Error('a draw with a beacon is needed');
  return [
    ...NOTES.flatMap(([part, steps]) => flipped(part, bundle[part] ?? '', steps, (one, text) => (one[part] = text))),
    ...flipped('format', bundle.format, ['bundle', 'open'], (one, text) => (one.format = text)),
    ...flipped('verifierKey', bundle.verifierKey, ['key'], (one, text) => (one.verifierKey = text)),
    ...flipped('exclusions', bundle.exclusions, ['exclusions'], (one, text) => (one.exclusions = text)),
    ...(['chainHash', 'publicKey', 'scheme'] as const).flatMap((part) =>
      flipped(`beacon ${part}`, beacon[part], ['round', 'bundle'], (one, text) => (one.beacon![part] = text)),
    ),
    ...flipped(
      'beacon signature',
      beacon.signature,
      ['beacon', 'bundle'],
      (one, text) => (one.beacon!.signature = text),
    ),
    ...(['genesis', 'period', 'round'] as const).map((part) =>
      changed(draw, `beacon ${part}`, ['round'], (one) => one.beacon![part]++),
    ),
    ...bundle.candidates.flatMap(({ line, proof }, i) => [
      ...flipped(`candidate ${i}`, line, ['candidates', 'inclusion'], (one, text) => (one.candidates[i]!.line = text)),
      ...proof.flatMap((hash, k) =>
        flipped(
          `proof ${i}, hash ${k}`,
          hash,
          ['inclusion', 'bundle'],
          (one, text) => (one.candidates[i]!.proof[k] = text),
        ).slice(0, 1),
      ),
      changed(draw, `block of candidate ${i}`, ['candidates'], (one) => one.candidates[i]!.j++),
    ]),
  ];
}

function droppedBytes(draw: Published): Tampering[] {
  return NOTES.flatMap(([part, steps]) => {
    const note = draw.bundle[part] ?? '';
    return [0, Math.floor(note.length / 2), note.length - 1].map((at) =>
      changed(draw, `${part} without byte ${at}`, steps, (one) => (one[part] = note.slice(0, at) + note.slice(at + 1))),
    );
  });
}

/** Parts that are whole in themselves, dropped or put into another place. */
function moves(draw: Published): Tampering[] {
  const one = (name: string, steps: readonly string[], change: Change) => changed(draw, name, steps, change);
  const swap = (bundle: Bundle, a: 'open' | 'seal' | 'draw' | 'checkpoint', b: typeof a) => {
    [bundle[a], bundle[b]] = [bundle[b] ?? '', bundle[a] ?? ''];
  };
  return [
    one('open and seal swapped', ['open'], (bundle) => swap(bundle, 'open', 'seal')),
    one('seal and draw swapped', ['seal'], (bundle) => swap(bundle, 'seal', 'draw')),
    one('draw and checkpoint swapped', ['checkpoint'], (bundle) => swap(bundle, 'draw', 'checkpoint')),
    one('no draw note', ['bundle'], (bundle) => (bundle.draw = null)),
    one('no beacon', ['round', 'bundle'], (bundle) => (bundle.beacon = null)),
    one('no candidates', ['candidates'], (bundle) => (bundle.candidates = [])),
    one('the last candidate dropped', ['candidates'], (bundle) => bundle.candidates.pop()),
    one('the first candidate dropped', ['candidates'], (bundle) => bundle.candidates.shift()),
    one('candidates in another order', ['candidates'], (bundle) => bundle.candidates.reverse()),
    one('an exclusion dropped', ['exclusions'], (bundle) => (bundle.exclusions = bundle.exclusions.slice(33))),
    one('no exclusions', ['exclusions'], (bundle) => (bundle.exclusions = '')),
    one('a hash of a proof dropped', ['inclusion'], (bundle) => bundle.candidates.at(-1)!.proof.pop()),
    one('a proof in another order', ['inclusion'], (bundle) => bundle.candidates.at(-1)!.proof.reverse()),
    one('proofs swapped', ['inclusion'], ({ candidates }) => {
      [candidates[0]!.proof, candidates[1]!.proof] = [candidates[1]!.proof, candidates[0]!.proof];
    }),
  ];
}

function listChanges(draw: Published, places: number): Tampering[] {
  const { bundle, list } = draw;
  const lines = list.split('\n').slice(0, -1);
  const text = (changedLines: readonly string[]) => changedLines.map((line) => `${line}\n`).join('');
  const one = (name: string, changedList: string): Tampering => ({
    name,
    bundle,
    list: changedList,
    steps: ['ballots', 'root'],
  });
  return [
    ...spread(list.length, 4 * places).map((at) => one(`byte ${at} of the list`, flip(list, at))),
    ...spread(list.length, places).map((at) =>
      one(`the list without byte ${at}`, list.slice(0, at) + list.slice(at + 1)),
    ),
    ...spread(lines.length, places).map((at) => one(`the list without line ${at}`, text(lines.toSpliced(at, 1)))),
    ...spread(lines.length - 1, places).map((at) =>
      one(`lines ${at} and ${at + 1} swapped`, text(lines.toSpliced(at, 2, lines[at + 1]!, lines[at]!))),
    ),
    ...spread(lines.length, places).map((at) => one(`line ${at} twice`, text(lines.toSpliced(at, 0, lines[at]!)))),
    ...spread(lines.length - 1, places).map((at) =>
      one(`players of ${at} and ${at + 1} swapped`, text(swapPlayers(lines, at))),
    ),
    one('an empty list', ''),
    one('a list that goes on', `${list}1000 ${lines[0]!.split(' ').slice(1).join(' ')}\n`),
  ];
}

/** What an operator could do who owns the key: the statements are changed and signed again. */
function signedChanges(draw: Published): Tampering[] {
  const { bundle, resign } = draw;
  const edited = (
    part: 'open' | 'seal' | 'draw' | 'checkpoint',
    pattern: RegExp,
    to: string | ((found: string) => string),
  ): Change => {
    const note = bundle[part] ?? '';
    const body = note.slice(0, note.indexOf('\n\n') + 1);
    // Each overload takes one of the two types only.
    const other = body.replace(pattern, to as string);
    if (other === body) throw new Error(`nothing to change: ${pattern.source}`);
    return (one) => (one[part] = resign(other));
  };
  const signed = (name: string, steps: readonly string[], ...changes: Change[]) =>
    changed(draw, `${name}, signed again`, steps, (one) => {
      for (const change of changes) change(one);
    });
  const otherSignature = lastCharacterFlipped(bundle.beacon!.signature);
  return [
    signed('another commitment', ['seal'], edited('open', /^commitment ./m, lastCharacterFlipped)),
    signed('another name', ['seal'], edited('open', /^name ./m, 'name D')),
    signed('another size', ['checkpoint'], edited('seal', /^size .*$/m, 'size 999')),
    signed(
      'another root',
      ['checkpoint'],
      edited('seal', /^root .*$/m, `root ${Buffer.alloc(32, 1).toString('base64')}`),
    ),
    signed('another number of exclusions', ['exclusions'], edited('seal', /^excluded \d+/m, 'excluded 1')),
    signed(
      'another hash of exclusions',
      ['exclusions'],
      edited('seal', /^(excluded \d+) .*$/m, `$1 ${'0'.repeat(64)}`),
    ),
    signed('another trigger', ['round', 'draw'], edited('seal', /^trigger .*$/m, 'trigger manual')),
    signed('a later round', ['round'], edited('seal', /\d(?=\n$)/, lastCharacterFlipped)),
    signed(
      'another checkpoint',
      ['checkpoint'],
      edited('checkpoint', /\n.*\n$/, `\n${Buffer.alloc(32, 1).toString('base64')}\n`),
    ),
    signed('another secret', ['commitment'], edited('draw', /^secret .*$/m, `secret ${'0'.repeat(64)}`)),
    signed(
      'another beacon signature',
      ['beacon'],
      edited('draw', /^beacon-signature .*$/m, `beacon-signature ${otherSignature}`),
    ),
    signed(
      'another beacon signature, in the bundle too',
      ['beacon'],
      edited('draw', /^beacon-signature .*$/m, `beacon-signature ${otherSignature}`),
      (one) => (one.beacon!.signature = otherSignature),
    ),
    signed('another index', ['candidates'], edited('draw', /^(candidate \d+) \d+/m, '$1 999')),
    signed('another block', ['candidates'], edited('draw', /^candidate \d+/m, 'candidate 77')),
    signed('another winner', ['candidates'], edited('draw', /^(candidate \d+ \d+) .{8}(.*)$/m, '$1 00000000$2')),
    signed('an excluded winner', ['candidates'], edited('draw', /excluded$/m, 'winner')),
    signed('an excluded one for the winner', ['candidates'], edited('draw', /winner$/m, 'excluded')),
    signed('a candidate left out', ['candidates'], edited('draw', /^candidate .*\n/m, '')),
    signed('drawn before the seal', ['draw'], edited('draw', /^drawn ..../m, 'drawn 2020')),
    signed('another level', ['assurance'], edited('draw', /^assurance .$/m, 'assurance B')),
  ];
}

function swapPlayers(lines: readonly string[], at: number): string[] {
  const [a, b] = [lines[at]!.split(' '), lines[at + 1]!.split(' ')];
  // Neighbours of one player would be the same afterwards.
  if (a[2] === b[2]) a[2] = '0'.repeat(32);
  else [a[2], b[2]] = [b[2]!, a[2]!];
  return lines.toSpliced(at, 2, a.join(' '), b.join(' '));
}

/** `count` places from the first to the last, evenly; all of them where there are fewer. */
function spread(length: number, count: number): number[] {
  const places = Math.min(length, count);
  return Array.from({ length: places }, (_, i) => (places === 1 ? 0 : Math.round((i * (length - 1)) / (places - 1))));
}

function flip(text: string, at: number): string {
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
}

/** Another digit, in decimal as in hex. */
function lastCharacterFlipped(found: string): string {
  return found.slice(0, -1) + (found.endsWith('1') ? '2' : '1');
}
