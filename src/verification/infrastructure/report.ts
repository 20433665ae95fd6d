import type { Counted, Tally } from '../application/tally';
import type { Fault } from '../domain/fault';
import { notCheckedLines } from '../domain/not-checked';

const MS_PER_SECOND = 1_000;

/** What was counted, in words. */
const NAMES: Readonly<Record<Exclude<Counted, 'strays'>, string>> = {
  lotteries: 'lotteries',
  pools: 'pools',
  draws: 'draws with their notes',
  ballots: 'ballots',
  checkpoints: 'signed checkpoints',
  subtrees: 'stored subtrees',
  entries: 'pool entries',
  journalEntries: 'journal entries',
  journalHashes: 'journal hashes',
  journalCheckpoints: 'journal checkpoints',
  auditEntries: 'entries of the audit trail',
  auditHashes: 'hashes of the audit log',
  auditCheckpoints: 'checkpoints of the audit log',
  walletEntries: 'transfers of money',
  walletHashes: 'hashes of the log of transfers',
  walletCheckpoints: 'checkpoints of the log of transfers',
  keys: 'idempotency keys',
};

export interface Outcome {
  readonly fault: Fault | null;
  readonly tally: Tally;
  readonly elapsedMs: number;
}

export function jsonReport({ fault, tally, elapsedMs }: Outcome): string {
  const { strays, ...checked } = tally.counts;
  return JSON.stringify({
    valid: fault === null,
    fault: fault && { subject: fault.subject, step: fault.step, ...fault.row, reason: fault.reason },
    checked: { ...checked, crossChecks: strays },
    rows: tally.rows,
    seconds: elapsedMs / MS_PER_SECOND,
    rowsPerSecond: rate(tally, elapsedMs),
    notChecked: notCheckedLines(),
  });
}

export function textReport({ fault, tally, elapsedMs }: Outcome): string {
  const lines = Object.entries(NAMES).map(([name, words]) => {
    return `${tally.counts[name as Counted].toLocaleString('en').padStart(14)}  ${words}`;
  });
  const speed = `${(elapsedMs / MS_PER_SECOND).toFixed(1)} s, ${rate(tally, elapsedMs).toLocaleString('en')} rows/s`;
  lines.push(`${tally.rows.toLocaleString('en').padStart(14)}  rows in ${speed}`);
  if (fault) return [...lines, '', ...faultLines(fault)].join('\n');
  const unchecked = notCheckedLines().map((what) => `NOT CHECKED ${what}`);
  return [...lines, '', ...unchecked, 'CHECKED everything else holds.'].join('\n');
}

function faultLines({ subject, step, row, reason }: Fault): string[] {
  const key = Object.entries(row.key).map(([column, value]) => `${column} ${value}`);
  return [
    `FAILED ${subject ?? 'the database'}`,
    `  step    ${step}`,
    `  row     ${row.table}: ${key.join(', ')}`,
    `  reason  ${reason}`,
  ];
}

function rate(tally: Tally, elapsedMs: number): number {
  return Math.round((tally.rows * MS_PER_SECOND) / Math.max(1, elapsedMs));
}
