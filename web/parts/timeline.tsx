import type { Of } from '../client/api';
import type { Words } from '../words/words';
import { instant } from './format';

interface TimelineProps {
  readonly notes: Of<'/lotteries/{date}'>['notes'];
  readonly opensAt: string;
  readonly isVoid: boolean;
  readonly words: Words['lottery']['steps'];
  readonly language: string;
}

/** Open, sealed, drawn: when, and the signed note of each. */
export function Timeline({ notes, opensAt, isVoid, words, language }: TimelineProps) {
  const sealedAt = momentIn(notes.seal, 'sealed');
  const drawnAt = momentIn(notes.draw, 'drawn');
  const isDone = { open: true, seal: notes.seal !== null, draw: notes.draw !== null };
  const steps = [
    { name: 'open', at: opensAt, note: notes.open },
    { name: 'seal', at: sealedAt, note: notes.seal },
    { name: 'draw', at: drawnAt, note: notes.draw },
  ] as const;
  return (
    <ol class="timeline">
      {steps.map(({ name, at, note }) => (
        <li key={name} data-done={isDone[name]}>
          <h3>{words[name].title}</h3>
          <p class="kicker">
            {at === null ? (
              name === 'draw' && isVoid ? (
                words.void
              ) : (
                words.pending
              )
            ) : (
              <time dateTime={at}>{instant(at, language)}</time>
            )}
          </p>
          <p>{words[name].text}</p>
          {note !== null && (
            <details>
              <summary>{words.note}</summary>
              <pre tabIndex={0}>
                <code>{note}</code>
              </pre>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The instant that a signed note states in the line of this name. */
export function momentIn(note: string | null, name: 'sealed' | 'drawn'): string | null {
  return new RegExp(`^${name} (\\S+)$`, 'm').exec(note ?? '')?.[1] ?? null;
}
