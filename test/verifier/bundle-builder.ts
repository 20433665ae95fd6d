import { hash } from 'node:crypto';
import { drawCandidates, type NamedBallot } from './candidate-sequence';
import type { Bundle, DrawOptions } from './draw-options';
import { TestChain } from './test-chain';
import { TestSigner } from './test-signer';
import { TestTree } from './test-tree';

export type { Bundle, Candidate, DrawOptions, Forgery } from './draw-options';

/** 32 bytes; the open note commits to it. */
const SECRET = hash('sha256', 'the secret of the operator', 'buffer');
const DRAW_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const DAY_MS = 86_400_000;

/** A complete draw as an honest operator, or one with a `forge`, publishes it. Everything is reproducible. */
export class BuiltDraw {
  readonly signer = new TestSigner('lottery.example');
  readonly chain = new TestChain();
  readonly bundle: Bundle;
  readonly lines: readonly string[];
  private readonly tree: TestTree;
  private readonly origin = `${this.signer.name}/draws/${DRAW_ID}`;

  constructor(private readonly options: DrawOptions = {}) {
    const forge = options.forge ?? {};
    this.lines = (forge.lines ?? same)(this.honestLines());
    this.tree = new TestTree(this.lines);
    const exclusions = (forge.exclusions ?? same)(this.exclusions());
    const open = (forge.open ?? same)(this.openBody());
    const seal = (forge.seal ?? same)(this.sealBody(open, exclusions));
    const beacon = this.beaconOf(seal);
    const isVoid = this.lines.every((line) => exclusions.includes(playerOf(line)));
    const candidates = options.undrawn || isVoid ? [] : this.candidates(open, seal, exclusions, beacon?.signature);
    const draw = (forge.draw ?? same)(this.drawBody(seal, candidates, beacon?.signature));
    const checkpoint = (forge.checkpoint ?? same)(this.checkpointBody(this.lines.length));
    const isDrawn = candidates.length > 0;
    this.bundle = {
      format: `lottery-bundle/v${this.version}`,
      verifierKey: this.signer.verifierKey,
      open: this.signer.sign(open),
      seal: this.signer.sign(seal),
      draw: isDrawn ? this.signer.sign(draw) : null,
      checkpoint: this.signer.sign(checkpoint),
      exclusions,
      beacon: isDrawn ? beacon : null,
      candidates: candidates.map(({ j, index }) => ({
        j,
        line: this.lines[index] ?? '',
        proof: this.tree.inclusion(index),
      })),
    };
    forge.bundle?.(this.bundle);
  }

  /** The verifier key string of the operator. */
  get key(): string {
    return this.signer.verifierKey;
  }

  /** The content of bundle.json. */
  get json(): string {
    return JSON.stringify(this.bundle);
  }

  /** The content of ballots.txt. */
  get ballots(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }

  /** The acknowledgement of a ballot, with the checkpoint of the tree of that size. */
  receipt(index: number, size = index + 1): { line: string; index: number; checkpoint: string } {
    return { line: this.lines[index] ?? '', index, checkpoint: this.signer.sign(this.checkpointBody(size)) };
  }

  /** What the service answers to the question for an inclusion proof in the sealed tree. */
  proof(index: number): { line: string; index: number; size: number; proof: string[]; checkpoint: string } {
    const { lines, bundle } = this;
    const proof = this.tree.inclusion(index);
    return { line: lines[index] ?? '', index, size: lines.length, proof, checkpoint: bundle.checkpoint };
  }

  private get version(): 1 | 2 {
    return this.options.version ?? 2;
  }

  /** A forged list of exclusions does not make a number of ballots that nobody would believe. */
  private eligible(exclusions: string): number {
    const excluded = exclusions.split('\n').length - 1;
    const others = this.lines.filter((line) => !exclusions.includes(playerOf(line))).length;
    return excluded === 0 ? this.lines.length : Math.min(others, this.lines.length - excluded);
  }

  private get opensMs(): number {
    return Date.parse(this.options.opensAt ?? '2026-11-21T00:00:00.000Z');
  }

  private get closesMs(): number {
    return this.options.closesAt ? Date.parse(this.options.closesAt) : this.opensMs + DAY_MS;
  }

  private get sealedMs(): number {
    return this.options.sealedAt ? Date.parse(this.options.sealedAt) : this.closesMs + 1_000;
  }

  private honestLines(): string[] {
    const { ballots = 10, players = 5 } = this.options;
    const duration = Math.min(this.closesMs, this.sealedMs) - this.opensMs;
    return Array.from({ length: ballots }, (_, i) => {
      const submittedAt = instant(this.opensMs + Math.floor((duration * i) / ballots));
      const player = typeof players === 'number' ? i % players : (players[i] ?? 0);
      return `${i} ${ballotId(i)} ${pseudonym(player)} ${submittedAt}`;
    });
  }

  private exclusions(): string {
    const players = (this.options.excluded ?? []).map(pseudonym).sort();
    return players.map((player) => `${player}\n`).join('');
  }

  private openBody(): string {
    const isFull = this.options.trigger === 'full';
    const round = isFull ? 'after-seal' : this.chain.firstRoundAt(this.closesMs + 60_000);
    return text(
      `lottery-draw/v${this.version}/open`,
      `draw ${DRAW_ID}`,
      'name daily 2026-11-21',
      `opens ${instant(this.opensMs)}`,
      `closes ${isFull ? `when-full ${this.lines.length}` : instant(this.closesMs)}`,
      `winners ${this.options.winners ?? 1}`,
      `commitment ${hash('sha256', Buffer.concat([Buffer.from(`lottery-draw/v${this.version}/commit\0`), SECRET]))}`,
      `beacon ${this.options.beacon === 'test-chain' ? `${this.chain.info.hash} ${round}` : 'none'}`,
    );
  }

  private sealBody(open: string, exclusions: string): string {
    const { trigger = 'schedule', beacon } = this.options;
    return text(
      `lottery-draw/v${this.version}/seal`,
      `draw ${DRAW_ID}`,
      `open ${hash('sha256', open)}`,
      `sealed ${instant(this.sealedMs)}`,
      `trigger ${trigger}`,
      `size ${this.lines.length}`,
      `root ${this.tree.root().toString('base64')}`,
      `excluded ${exclusions.split('\n').length - 1} ${hash('sha256', exclusions)}`,
      ...(this.version === 1 ? [] : [`eligible ${this.eligible(exclusions)}`]),
      `beacon ${beacon === 'test-chain' ? `${this.chain.info.hash} ${this.sealRound(trigger)}` : 'none'}`,
    );
  }

  private sealRound(trigger: string): number {
    const openRound = this.chain.firstRoundAt(this.closesMs + 60_000);
    const isInTime = trigger === 'schedule' && this.sealedMs <= this.chain.timeMs(openRound) - 10_000;
    return isInTime ? openRound : this.chain.firstRoundAt(this.sealedMs + 60_000);
  }

  /** The beacon of the round that the seal note names, be it the right one or not. */
  private beaconOf(seal: string): Bundle['beacon'] {
    const round = /^beacon [0-9a-f]{64} ([0-9]+)$/m.exec(seal)?.[1];
    if (round === undefined) return null;
    const { hash: chainHash, public_key: publicKey, genesis_time: genesis, period, schemeID: scheme } = this.chain.info;
    const signature = (this.options.forge?.beaconSignature ?? same)(this.chain.sign(Number(round)));
    return { chainHash, publicKey, genesis, period, scheme, round: Number(round), signature };
  }

  private candidates(open: string, seal: string, exclusions: string, signature: string | undefined): NamedBallot[] {
    const randomness = signature === undefined ? Buffer.alloc(32) : sha256(Buffer.from(signature, 'hex'));
    const message = Buffer.concat([
      Buffer.from(`lottery-draw/v${this.version}\0`),
      sha256(open),
      sha256(seal),
      randomness,
    ]);
    const players = this.lines.map(playerOf);
    return drawCandidates(
      this.options.forge?.secret ?? SECRET,
      message,
      players,
      exclusions,
      this.options.winners ?? 1,
      this.version,
    );
  }

  private drawBody(seal: string, candidates: NamedBallot[], signature: string | undefined): string {
    const { options } = this;
    const openRound = this.chain.firstRoundAt(this.closesMs + 60_000);
    const isEarly =
      (options.trigger ?? 'schedule') === 'schedule' && this.chain.timeMs(openRound) - this.sealedMs >= 10_000;
    return text(
      `lottery-draw/v${this.version}/draw`,
      `draw ${DRAW_ID}`,
      `seal ${hash('sha256', seal)}`,
      `secret ${(options.forge?.secret ?? SECRET).toString('hex')}`,
      `beacon-signature ${signature ?? 'none'}`,
      ...candidates.map(({ j, index, verdict, remaining, rank }) => {
        const id = this.lines[index]?.split(' ')[1];
        return verdict === 'ranked'
          ? `ranked ${j} ${remaining} ${rank} ${index} ${id}`
          : `candidate ${j} ${index} ${id} ${verdict}`;
      }),
      `drawn ${options.drawnAt ?? instant(this.sealedMs + 70_000)}`,
      `assurance ${signature === undefined ? 'C' : isEarly ? 'A' : 'B'}`,
    );
  }

  private checkpointBody(size: number): string {
    const tree = size === this.lines.length ? this.tree : new TestTree(this.lines.slice(0, size));
    return text(this.origin, String(size), tree.root().toString('base64'));
  }
}

/** Pseudonym of the player with this number, from 0. */
export function pseudonym(player: number): string {
  return hash('sha256', `player ${player}`).slice(0, 32);
}

function ballotId(index: number): string {
  const hex = hash('sha256', `ballot ${index}`);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function playerOf(line: string): string {
  return line.split(' ')[2] ?? '';
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function sha256(content: string | Buffer): Buffer {
  return hash('sha256', content, 'buffer');
}

function text(...lines: string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function same<T>(value: T): T {
  return value;
}
