import { isConnectionLost } from '../platform/database/sql-state';
import { errorCode } from '../platform/errors/error-code';
import { DatabaseNotStarted } from './configured-database';

/** The exit codes of all programs. The help of each says what they mean there. */
export const EXIT = {
  DONE: 0,
  FAILED: 1,
  MISUSED: 2,
  UNDECIDED: 3,
  /** EX_TEMPFAIL of sysexits.h */
  BUSY: 75,
  /** EX_CONFIG of sysexits.h */
  CONFIGURATION_REFUSED: 78,
} as const;

/** The program was called with wrong arguments. */
export class Misuse extends Error {}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The message of an error that an operator can do something about, who needs no stack; null for defects of ours. */
export function forOperators(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const isOfSystem = 'syscall' in error || isConnectionLost(error);
  if (!isOfSystem && !(error instanceof DatabaseNotStarted)) return null;
  return error.message || errorCode(error) || error.name;
}

interface Program {
  /** Returns the exit code. */
  readonly main: () => Promise<number>;
  /** The exit code of an error. */
  readonly codeOf: (error: unknown) => number;
  /** Before the line with the error, of which nothing but the message is shown. */
  readonly prefix?: string;
}

/** Runs a program; an error is one line on standard error. */
export async function runProgram({ main, codeOf, prefix = '' }: Program): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${prefix}${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = codeOf(error);
  }
}
