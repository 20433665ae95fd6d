import { hash } from 'node:crypto';
import { formatInstant } from '../../shared/domain/instant';
import { invariant } from '../../shared/domain/invariant';
import type { AssuranceLevel } from './assurance';
import type { BeaconChain, BeaconRound } from './beacon-chain';
import type { Candidate, NamedIndex } from './candidates';
import { ProtocolVersion, versionOf } from './protocol-version';
import type { RankedWinner } from './ranks';
import type { Trigger } from './trigger';

export interface OpenStatement {
  readonly version: ProtocolVersion;
  readonly drawId: string;
  /** 1 to 100 printable ASCII characters. */
  readonly name: string;
  readonly opensAt: Date;
  /** An instant, or the number of ballots that makes the draw full. */
  readonly closes: Date | { readonly whenFull: number };
  readonly winners: number;
  /** 64 hex digits, see `commitment`. */
  readonly commitment: string;
  readonly beacon: BeaconRound | { readonly chain: BeaconChain; readonly number: 'after-seal' } | null;
}

export interface SealStatement {
  readonly drawId: string;
  readonly openBody: string;
  readonly sealedAt: Date;
  readonly trigger: Trigger;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Buffer;
  /** Sorted pseudonyms, see `exclusionList`. */
  readonly exclusions: readonly string[];
  /** Number of ballots of players who are not excluded. */
  readonly eligible: number;
  readonly beacon: BeaconRound | null;
}

export interface DrawStatement {
  readonly drawId: string;
  readonly sealBody: string;
  readonly secret: Buffer;
  /** 48 bytes, or null without a beacon. */
  readonly beaconSignature: Buffer | null;
  readonly candidates: readonly Candidate[];
  /** None in the first version, and where the candidates were enough. */
  readonly ranked?: readonly RankedWinner[];
  readonly drawnAt: Date;
  readonly assurance: AssuranceLevel;
}

/** Body of the open note (docs/draw-protocol.md section 4). */
export function openBody(open: OpenStatement): string {
  invariant(/^[\x20-\x7e]{1,100}$/.test(open.name), 'the name is 1 to 100 printable ASCII characters');
  return lines([
    `lottery-draw/v${open.version}/open`,
    `draw ${open.drawId}`,
    `name ${open.name}`,
    `opens ${formatInstant(open.opensAt)}`,
    `closes ${open.closes instanceof Date ? formatInstant(open.closes) : `when-full ${open.closes.whenFull}`}`,
    `winners ${open.winners}`,
    `commitment ${open.commitment}`,
    `beacon ${beaconText(open.beacon)}`,
  ]);
}

/** Body of the seal note (docs/draw-protocol.md section 5). */
export function sealBody(seal: SealStatement): string {
  const version = versionOf(seal.openBody);
  return lines([
    `lottery-draw/v${version}/seal`,
    `draw ${seal.drawId}`,
    `open ${sha256Hex(seal.openBody)}`,
    `sealed ${formatInstant(seal.sealedAt)}`,
    `trigger ${seal.trigger}`,
    `size ${seal.size}`,
    `root ${seal.root.toString('base64')}`,
    `excluded ${seal.exclusions.length} ${sha256Hex(exclusionList(seal.exclusions))}`,
    ...(version === 1 ? [] : [`eligible ${seal.eligible}`]),
    `beacon ${beaconText(seal.beacon)}`,
  ]);
}

/** Body of the draw note (docs/draw-protocol.md section 6). */
export function drawBody(draw: DrawStatement): string {
  return lines([
    `lottery-draw/v${versionOf(draw.sealBody)}/draw`,
    `draw ${draw.drawId}`,
    `seal ${sha256Hex(draw.sealBody)}`,
    `secret ${draw.secret.toString('hex')}`,
    `beacon-signature ${draw.beaconSignature?.toString('hex') ?? 'none'}`,
    ...draw.candidates.map(
      ({ block, index, ballotId, verdict }) => `candidate ${block} ${index} ${ballotId} ${verdict}`,
    ),
    ...(draw.ranked ?? []).map(
      ({ block, remaining, rank, index, ballotId }) => `ranked ${block} ${remaining} ${rank} ${index} ${ballotId}`,
    ),
    `drawn ${formatInstant(draw.drawnAt)}`,
    `assurance ${draw.assurance}`,
  ]);
}

const NAMED = /^(?:candidate (\d+) (\d+)|ranked (\d+) \d+ \d+ (\d+)) /gm;

/** The ballots that a draw note's body names, candidates and ranks, one by one. For our own notes only. */
export function* ballotsIn(drawBody: string): Generator<NamedIndex> {
  for (const match of drawBody.matchAll(NAMED)) {
    yield { block: Number(match[1] ?? match[3]), index: Number(match[2] ?? match[4]) };
  }
}

/** Number of ballots that can win, as the seal note of a draw of the second version says. For our own notes only. */
export function eligibleOf(sealBody: string): number {
  const eligible = /^eligible (\d+)$/m.exec(sealBody)?.[1];
  invariant(eligible, 'a seal note of the second version says how many ballots can win');
  return Number(eligible);
}

/** The pseudonyms, sorted, a line each with its line feed (docs/draw-protocol.md section 5). */
export function exclusionList(players: readonly string[]): string {
  return lines([...players].sort());
}

/** Hex of H("lottery-draw/v2/commit" || 00 || secret) (docs/draw-protocol.md section 4). */
export function commitment(secret: Buffer, version: ProtocolVersion): string {
  return hash('sha256', Buffer.concat([Buffer.from(`lottery-draw/v${version}/commit\0`), secret]), 'hex');
}

function beaconText(beacon: OpenStatement['beacon']): string {
  return beacon === null ? 'none' : `${beacon.chain.hash} ${beacon.number}`;
}

function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
