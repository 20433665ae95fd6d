/* The public functions for TypeScript; their documentation is in the .mjs files. */

export type AssuranceLevel = 'A' | 'B' | 'C';

export interface Check {
  step: string;
  status: 'checked' | 'failed' | 'not-checked';
  text: string;
  reason?: string;
}

export interface Report {
  valid: boolean;
  assurance: AssuranceLevel | null;
  winners: { ballotId: string; player: string; index: number }[];
  void: boolean;
  undrawn: boolean;
  checks: Check[];
}

export interface Inputs {
  bundle: string | Uint8Array;
  key: string;
  ballots?: AsyncIterable<Uint8Array>;
  receipt?: string | Uint8Array;
  proof?: string | Uint8Array;
  chain?: object;
  sha256?: (bytes: Uint8Array) => Uint8Array;
  onProgress?: (lines: number, total: number) => void;
}

export function verify(inputs: Inputs): Promise<Report>;
export function reportLines(report: Report): string[];
export class UnusableInput extends Error {}
