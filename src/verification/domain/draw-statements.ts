import { hash } from 'node:crypto';
import { demand, RowName } from './fault';
import type { RankLine } from './rank-count';
import type { ChainRow, DrawRow } from './rows';
import { bytesOf, hexOf, instantOf } from './stored-texts';
import type { OpenedNote, TrustedKeys } from './trusted-keys';

/** Candidates who cannot win before ranks decide (docs/draw-protocol.md section 6). */
const MAX_MISSES = 256;

/** First line of a note: its version and kind. */
const TITLE = /^lottery-draw\/v([12])\/(open|seal|draw)\n/;

/** The signed statements of one draw, each in agreement with the columns beside it. */
export interface Statements {
  /** Of the protocol: that of the open note. */
  readonly version: '1' | '2';
  readonly open: OpenedNote;
  readonly seal: OpenedNote | null;
  readonly draw: OpenedNote | null;
  /** Pseudonyms that cannot win. */
  readonly exclusions: ReadonlySet<string>;
  /** Places in the log of the ballots that the draw note names, in its order: the candidates, then the ranks. */
  readonly candidates: readonly { readonly block: number; readonly index: number }[];
  readonly ranks: readonly RankLine[];
  /** Whether the candidates ended by misses: then ranks found the other winners. */
  readonly hasMissed: boolean;
}

export function drawRow({ id }: Pick<DrawRow, 'id'>): RowName {
  return { table: 'draws', key: { id } };
}

/**
 * Checks that the notes are signed and that each column agrees with its note. Whether the notes agree with each other
 * is left to the verifier. @throws Fault
 */
export function checkStatements(draw: DrawRow, keys: TrustedKeys): Statements {
  const open = checkOpen(draw, keys);
  const version = versionOf(draw, open.body, 'open', null);
  checkSecret(draw, open.body, version);
  const seal = draw.sealNote === null ? null : checkSeal(draw, draw.sealNote, keys);
  const note = draw.drawNote === null ? null : checkDraw(draw, draw.drawNote, keys);
  const exclusions = new Set(draw.exclusions?.split('\n').slice(0, -1) ?? []);
  if (seal) versionOf(draw, seal.body, 'seal', version);
  if (note) versionOf(draw, note.body, 'draw', version);
  const [candidates, ranks] = note ? [candidatesOf(note.body), ranksOf(note.body)] : [[], []];
  const hasMissed = version === '2' && candidates.filter(({ verdict }) => verdict !== 'winner').length === MAX_MISSES;
  return { version, open, seal, draw: note, exclusions, candidates: [...candidates, ...ranks], ranks, hasMissed };
}

function checkOpen(draw: DrawRow, keys: TrustedKeys): OpenedNote {
  const open = keys.open(draw.openNote, 'open', drawRow(draw), 'open_note');
  const line = linesOf(open.body, 'open', draw);
  const { id, name, opensAt, closesAt, fullSize, winners, beaconChain, openRound } = draw;
  line('draw', 'id', id);
  line('name', 'name', name);
  line('opens', 'opens_at', instantOf(opensAt));
  if (fullSize === null) line('closes', 'closes_at', instantOf(closesAt ?? ''));
  else line('closes', 'full_size', `when-full ${fullSize}`);
  line('winners', 'winners', winners);
  const round = openRound ?? 'after-seal';
  line('beacon', 'beacon_chain or open_round', beaconChain === null ? 'none' : `${hexOf(beaconChain)} ${round}`);
  return open;
}

/** The committed secret; kept apart from the draw, out of reach of readers of draws. */
function checkSecret({ id, secret }: DrawRow, openBody: string, version: string): void {
  const row = { table: 'draw_secrets', key: { draw_id: id } };
  demand(secret !== null, 'commitment', row, 'the draw has no secret: without it it can never be drawn');
  const title = Buffer.from(`lottery-draw/v${version}/commit\0`);
  const commitment = hash('sha256', Buffer.concat([title, bytesOf(secret)]), 'hex');
  demand(lineOf(openBody, 'commitment') === commitment, 'commitment', row, 'it is not the secret of the open note');
}

function checkSeal(draw: DrawRow, note: string, keys: TrustedKeys): OpenedNote {
  const seal = keys.open(note, 'seal', drawRow(draw), 'seal_note');
  const line = linesOf(seal.body, 'seal', draw);
  const { id, sealedAt, trigger, exclusions, beaconChain, sealRound } = draw;
  line('draw', 'id', id);
  line('sealed', 'sealed_at', instantOf(sealedAt ?? ''));
  line('trigger', 'trigger', trigger);
  const list = exclusions ?? '';
  line('excluded', 'exclusions', `${list.split('\n').length - 1} ${hash('sha256', list, 'hex')}`);
  line('beacon', 'seal_round', beaconChain === null ? 'none' : `${hexOf(beaconChain)} ${sealRound}`);
  return seal;
}

function checkDraw(draw: DrawRow, note: string, keys: TrustedKeys): OpenedNote {
  const drawn = keys.open(note, 'draw', drawRow(draw), 'draw_note');
  const line = linesOf(drawn.body, 'draw', draw);
  const { id, secret, beaconSignature, drawnAt, winnerIndexes } = draw;
  line('draw', 'id', id);
  line('secret', 'draw_note', hexOf(secret ?? ''));
  line('beacon-signature', 'beacon_signature', beaconSignature === null ? 'none' : hexOf(beaconSignature));
  line('drawn', 'drawn_at', instantOf(drawnAt ?? ''));
  const candidates = candidatesOf(drawn.body).filter(({ verdict }) => verdict === 'winner');
  const winners = [...candidates, ...ranksOf(drawn.body)];
  const stored = `{${winners.map(({ index }) => index).join(',')}}`;
  demand(
    winnerIndexes === stored,
    'draw',
    drawRow(draw),
    `winner_indexes is ${winnerIndexes}, draw_note says ${stored}`,
  );
  return drawn;
}

/** Checks that the beacon is the one the draw was bound to, a chain of which every field is known. @throws Fault */
export function checkChain({ id, beaconChain, chain }: DrawRow, known: readonly ChainRow[]): void {
  if (beaconChain === null) return;
  const row = { table: 'beacon_chains', key: { hash: hexOf(beaconChain) } };
  const expected = known.find(({ hash: wanted }) => wanted === beaconChain);
  demand(expected, 'chain', row, `draw ${id} is bound to a chain that is neither quicknet nor given with --chain`);
  for (const [field, value] of Object.entries(expected)) {
    demand(chain?.[field as keyof ChainRow] === value, 'chain', row, `its ${field} is not that of the chain`);
  }
}

/** Compares lines of a note with columns of the draw's row. */
function linesOf(body: string, step: string, draw: DrawRow) {
  return (word: string, column: string, expected: string | null): void => {
    const said = lineOf(body, word);
    const reason = `${column} does not say what ${step}_note says: "${word} ${said}"`;
    demand(said !== null && said === expected, step, drawRow(draw), reason);
  };
}

/** The rest of the line that begins with this word. */
export function lineOf(body: string, word: string): string | null {
  const line = body.split('\n').find((one) => one.startsWith(`${word} `));
  return line === undefined ? null : line.slice(word.length + 1);
}

function candidatesOf(body: string): { block: number; index: number; verdict: string }[] {
  return [...body.matchAll(/^candidate (\d+) (\d+) \S+ (\w+)$/gm)].map(([, block, index, verdict = '']) => {
    return { block: Number(block), index: Number(index), verdict };
  });
}

function ranksOf(body: string): RankLine[] {
  return [...body.matchAll(/^ranked (\d+) (\d+) (\d+) (\d+) \S+$/gm)].map(([, block, remaining, rank, index]) => {
    return { block: Number(block), remaining: Number(remaining), rank: Number(rank), index: Number(index) };
  });
}

/** @throws Fault if the note is of another kind, or of another version than the open note. */
function versionOf(draw: DrawRow, body: string, kind: string, wanted: '1' | '2' | null): '1' | '2' {
  const [, version, found] = TITLE.exec(body) ?? [];
  const holds = found === kind && (wanted === null || version === wanted);
  demand(holds, kind, drawRow(draw), `${kind}_note does not begin as one of version ${wanted ?? '1 or 2'}`);
  return version === '1' ? '1' : '2';
}
