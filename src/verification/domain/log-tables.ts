/** Where a log is stored. */
interface LogTables {
  /** With one row. */
  readonly edge: string;
  readonly entries: string;
  readonly hashes: string;
  readonly checkpoints: string;
  /** Whether the hashes of the entries themselves are stored, too. */
  readonly hasLeaves: boolean;
}

const inTables = (name: string): LogTables => ({
  edge: name,
  entries: `${name}_entries`,
  hashes: `${name}_hashes`,
  checkpoints: `${name}_checkpoints`,
  hasLeaves: true,
});

export const LOG_TABLES: Readonly<Record<'journal' | 'audit' | 'wallet', LogTables>> = {
  journal: inTables('journal'),
  audit: inTables('audit'),
  wallet: {
    edge: 'wallet_log',
    entries: 'wallet_transfers',
    hashes: 'wallet_log_subtrees',
    checkpoints: 'wallet_log_checkpoints',
    hasLeaves: false,
  },
};
