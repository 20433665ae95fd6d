import type { BelievedKeys } from './believed-keys';
import type { KeyStanding } from './known-keys';
import { dayIn, fill, type Reader, today } from './reader';

interface KeyFieldProps {
  readonly keys: BelievedKeys;
  readonly reader: Reader;
}

/** The key that is believed, and whether it is the one from before. */
export function KeyField({ keys, reader }: KeyFieldProps) {
  const { words } = reader;
  return (
    <div class="verify-key">
      <label>
        {words.key.label}
        <textarea
          name="key"
          rows={2}
          spellcheck={false}
          autocomplete="off"
          value={keys.value}
          onInput={({ currentTarget }) => keys.type(currentTarget.value)}
        />
      </label>
      <KeyNotice keys={keys} reader={reader} />
    </div>
  );
}

export function KeyNotice({ keys, reader }: KeyFieldProps) {
  const { words } = reader;
  const { standing, seen, isOwn } = keys;
  if (standing?.kind === 'changed') {
    return (
      <div class="key-alarm" role="alert">
        <strong>{words.key.changed}</strong>
        <p>{fill(words.key.changedWhy, { date: dayIn(reader, standing.kept.since) })}</p>
        <p>
          <code>{fill(words.key.kept, { key: standing.kept.key })}</code>
        </p>
        <p>
          <code>{fill(words.key.now, { key: seen })}</code>
        </p>
        <button type="button" class="secondary" onClick={() => keys.accept()}>
          {words.key.accept}
        </button>
      </div>
    );
  }
  if (keys.answer === 'failed') {
    return (
      <p class="key-standing" role="status">
        {words.key.noAnswer}{' '}
        <button type="button" class="secondary" onClick={() => keys.ask()}>
          {words.key.ask}
        </button>
      </p>
    );
  }
  // Its place is kept, so that nothing moves once the key is there.
  if (standing === null) return <p class="key-standing" />;
  return (
    <p class="key-standing" data-standing={standing.kind}>
      {isOwn ? words.key.own : standingText(standing, keys.keeping, reader)}
    </p>
  );
}

/** Of a key that is not another than before. */
function standingText(
  standing: Exclude<KeyStanding, { kind: 'changed' }>,
  keeping: BelievedKeys['keeping'],
  reader: Reader,
): string {
  const { words } = reader;
  if (keeping === 'to-keep') return words.key.toKeep;
  if (keeping === 'not-kept') return words.key.notKept;
  const isFirst = standing.kind === 'first' || standing.since === today();
  return isFirst ? words.key.first : fill(words.key.same, { date: dayIn(reader, standing.since) });
}
