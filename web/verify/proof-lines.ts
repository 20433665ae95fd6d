import type { Reader } from './reader';
import type { ReportAnswer } from './verify-request';

export interface ProofLine {
  readonly status: 'checked' | 'failed' | 'not-checked' | 'said';
  /** In capitals, of a check. */
  readonly label: string;
  readonly text: string;
  /** Why a check failed, in English. */
  readonly reason: string;
}

/** The report in lines. In English they are those of the command line, to the byte; elsewhere reasons alone are English. */
export function proofLines({ report, lines }: ReportAnswer, { words, verifierLines }: Reader): ProofLine[] {
  const said = (text: string) => verifierLines[text] ?? text;
  const checks = report.checks.map(({ status, text, reason }) => ({
    status,
    label: words.labels[status],
    text: ` ${said(text)}${reason === undefined ? '' : ': '}`,
    reason: reason ?? '',
  }));
  const rest = lines.slice(checks.length).map((line) => ({
    status: 'said' as const,
    label: '',
    text: translated(line, said),
    reason: '',
  }));
  return [...checks, ...rest];
}

/** Sentences whole; those with values in them piece by piece. */
function translated(line: string, said: (text: string) => string): string {
  const [, level, sentence] = /^Assurance ([ABC]): (.*)$/.exec(line) ?? [];
  if (level !== undefined && sentence !== undefined) {
    return `${said('Assurance')} ${level}: ${sentenceOf(sentence, said)}`;
  }
  if (!line.startsWith('Winner ')) return said(line);
  return line.replace(/\b(Winner|ballot|player|index)\b/g, said);
}

/** A sentence may go on behind a semicolon instead of its full stop. */
function sentenceOf(sentence: string, said: (text: string) => string): string {
  const at = sentence.indexOf('; ');
  if (said(sentence) !== sentence || at < 0) return said(sentence);
  return said(`${sentence.slice(0, at)}.`).slice(0, -1) + said(sentence.slice(at));
}
