import { useEffect, useRef, useState } from 'preact/hooks';
import { proofLines } from './proof-lines';
import { count, fill, type Reader } from './reader';
import { isSameRequest, runVerification } from './run-verification';
import type { ReportAnswer, VerifyAnswer, VerifyRequest } from './verify-request';

export type Run = VerifyAnswer | { readonly kind: 'idle' } | { readonly kind: 'starting' };

const IDLE: Run = { kind: 'idle' };

/**
 * One verification at a time: the next one, another request, or leaving the page stops it. What came out is shown for the
 * request that it is of, and for no other.
 *
 * @param asked what would be verified now; null while something is missing
 */
export function useVerification(startWorker: () => Worker, asked: VerifyRequest | null) {
  const [ran, setRan] = useState<{ readonly of: VerifyRequest | null; readonly run: Run }>({ of: null, run: IDLE });
  const stopping = useRef<() => void>(() => undefined);
  useEffect(() => () => stopping.current(), []);
  const stop = () => {
    stopping.current();
    setRan({ of: null, run: IDLE });
  };
  const start = () => {
    stopping.current();
    if (asked === null) return;
    setRan({ of: asked, run: { kind: 'starting' } });
    stopping.current = runVerification(startWorker, asked, (run) => setRan({ of: asked, run }));
  };
  const isOfAnother = ran.of !== null && !isSameRequest(ran.of, asked);
  useEffect(() => {
    if (isOfAnother) stop();
  }, [isOfAnother]);
  return { run: isOfAnother ? IDLE : ran.run, start, stop };
}

interface OutcomeProps {
  readonly run: Run;
  readonly stop: () => void;
  readonly reader: Reader;
}

/** How far it is, and what came out. */
export function Outcome({ run, stop, reader }: OutcomeProps) {
  const { words } = reader;
  const isRunning = run.kind === 'starting' || run.kind === 'progress';
  return (
    <div class="verify-outcome" aria-busy={isRunning}>
      {isRunning && <Progress run={run} stop={stop} reader={reader} />}
      <div role="status">
        {(run.kind === 'unusable' || run.kind === 'gone') && (
          <p class="verdict" data-verdict="fails">
            {run.kind === 'gone' ? words.run.gone : fill(words.run.unusable, { reason: run.reason })}
          </p>
        )}
        {run.kind === 'report' && (
          <p class="verdict" data-verdict={verdictOf(run)}>
            {words.verdict[verdictOf(run)]}
          </p>
        )}
      </div>
      {run.kind === 'report' && <Lines answer={run} reader={reader} />}
    </div>
  );
}

function Progress({ run, stop, reader }: OutcomeProps) {
  const { words } = reader;
  const text =
    run.kind === 'progress'
      ? fill(words.run.progress, { lines: count(reader, run.lines), total: count(reader, run.total) })
      : words.run.starting;
  return (
    <div class="verify-progress">
      {run.kind === 'progress' ? (
        <progress aria-label={words.run.check} max={Math.max(run.total, 1)} value={run.lines} />
      ) : (
        <progress aria-label={words.run.check} />
      )}
      <span>{text}</span>
      <button type="button" class="secondary" onClick={stop}>
        {words.run.stop}
      </button>
    </div>
  );
}

function Lines({ answer, reader }: { readonly answer: ReportAnswer; readonly reader: Reader }) {
  const { words, language } = reader;
  const isOtherKey = answer.named !== null && answer.named !== answer.key;
  return (
    <>
      {isOtherKey && <p>{fill(words.key.other, { key: answer.named })}</p>}
      <ol class="proof-lines" aria-label={words.result}>
        {proofLines(answer, reader).map(({ status, label, text, reason }) => (
          <li key={`${label}${text}${reason}`} data-status={status}>
            {label !== '' && <strong>{label}</strong>}
            {text}
            {reason !== '' && <span lang="en">{reason}</span>}
          </li>
        ))}
      </ol>
      {language !== 'en' && (
        <details>
          <summary>{words.commandLine}</summary>
          <pre lang="en" tabIndex={0}>
            {answer.lines.join('\n')}
          </pre>
        </details>
      )}
    </>
  );
}

function verdictOf({ report }: ReportAnswer): 'holds' | 'fails' | 'undrawn' {
  if (report.undrawn) return 'undrawn';
  return report.valid ? 'holds' : 'fails';
}
