import { createHmac } from 'node:crypto';
import { demand } from '../domain/fault';
import type { BallotRow } from '../domain/rows';
import { hexOf } from '../domain/stored-texts';
import type { Records } from './records';

/** People whose salt is cached: some ten megabytes. Most ballots of a day are of people who had one before. */
const MAX_REMEMBERED = 50_000;
const PLAYER_DIGITS = 32;

type Kind = 'users' | 'pool_players';

/**
 * Checks whose each ballot is. No tree shows that: it follows from a person's salt (docs/draw-protocol.md section 3).
 */
export class Pseudonyms {
  private readonly salts: Record<Kind, Map<string, string>> = { users: new Map(), pool_players: new Map() };
  private drawId: Buffer = Buffer.alloc(0);
  private players = new Map<string, string>();
  private kind: Kind = 'users';

  constructor(private readonly records: Records) {}

  begin(drawId: string, kind: Kind): void {
    this.drawId = Buffer.from(drawId.replaceAll('-', ''), 'hex');
    this.players = new Map();
    this.kind = kind;
  }

  /** @throws Fault at a ballot whose pseudonym is not its user's */
  async check(ballots: readonly BallotRow[]): Promise<void> {
    await this.learn(ballots.map(({ userId }) => userId));
    for (const { drawId, index, userId, player } of ballots) {
      const row = { table: 'ballots', key: { draw_id: drawId, index } };
      const expected = this.playerOf(userId);
      demand(expected !== null, 'player', row, `user_id is ${userId}, who is not among the ${this.kind}`);
      const reason =
        `player does not follow from the salt of ${userId}: ` + 'one of player, user_id and the salt was changed';
      demand(hexOf(player) === expected, 'player', row, reason);
    }
  }

  private playerOf(userId: string): string | null {
    const known = this.players.get(userId);
    if (known !== undefined) return known;
    const salt = this.salts[this.kind].get(userId);
    if (salt === undefined) return null;
    const mac = createHmac('sha256', Buffer.from(salt, 'hex')).update(this.drawId).digest('hex');
    const player = mac.slice(0, PLAYER_DIGITS);
    if (this.players.size >= MAX_REMEMBERED) this.players.clear();
    this.players.set(userId, player);
    return player;
  }

  private async learn(userIds: readonly string[]): Promise<void> {
    const salts = this.salts[this.kind];
    const unknown = new Set(userIds.filter((id) => !salts.has(id)));
    if (unknown.size === 0) return;
    if (salts.size + unknown.size > MAX_REMEMBERED) {
      salts.clear();
      for (const id of userIds) unknown.add(id);
    }
    for (const [id, salt] of await this.records.salts(this.kind, [...unknown])) salts.set(id, salt);
  }
}
