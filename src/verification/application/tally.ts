/** The tables whose rows are counted. */
export type Counted =
  | 'draws'
  | 'lotteries'
  | 'pools'
  | 'ballots'
  | 'checkpoints'
  | 'subtrees'
  | 'entries'
  | 'journalEntries'
  | 'journalHashes'
  | 'journalCheckpoints'
  | 'auditEntries'
  | 'auditHashes'
  | 'auditCheckpoints'
  | 'walletEntries'
  | 'walletHashes'
  | 'walletCheckpoints'
  | 'keys'
  | 'strays';

/** How many rows have been checked. */
export class Tally {
  readonly counts: Record<Counted, number> = {
    draws: 0,
    lotteries: 0,
    pools: 0,
    ballots: 0,
    checkpoints: 0,
    subtrees: 0,
    entries: 0,
    journalEntries: 0,
    journalHashes: 0,
    journalCheckpoints: 0,
    auditEntries: 0,
    auditHashes: 0,
    auditCheckpoints: 0,
    walletEntries: 0,
    walletHashes: 0,
    walletCheckpoints: 0,
    keys: 0,
    strays: 0,
  };

  constructor(private readonly onProgress: (tally: Tally) => void = () => undefined) {}

  add(what: Counted, rows: number): void {
    this.counts[what] += rows;
    this.onProgress(this);
  }

  get rows(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0) - this.counts.strays;
  }
}
