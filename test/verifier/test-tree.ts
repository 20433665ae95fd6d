import { hash } from 'node:crypto';

/**
 * The Merkle tree of some lines, level by level: a node without a neighbour goes up as it is (RFC 9162 section 2.1).
 */
export class TestTree {
  private readonly levels: Buffer[][];

  constructor(lines: readonly string[]) {
    this.levels = [lines.map((line) => hash('sha256', `\0${line}`, 'buffer'))];
    for (let level = this.levels[0] ?? []; level.length > 1; this.levels.push(level)) level = parents(level);
  }

  root(): Buffer {
    return this.levels.at(-1)?.[0] ?? hash('sha256', '', 'buffer');
  }

  /** Hashes in hex, bottom first. */
  inclusion(index: number): string[] {
    const siblings = this.levels.map((level, height) => level[Math.floor(index / 2 ** height) ^ 1]);
    return siblings.filter((sibling) => sibling !== undefined).map((sibling) => sibling.toString('hex'));
  }
}

function parents(level: readonly Buffer[]): Buffer[] {
  return Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
    const [left, right] = level.slice(2 * i, 2 * i + 2) as [Buffer, Buffer?];
    return right ? hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer') : left;
  });
}
