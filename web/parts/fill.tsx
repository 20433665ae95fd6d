import { say } from '../words/say';
import type { Words } from '../words/words';

interface FillProps {
  readonly n: number;
  readonly size: number;
  readonly words: Words['pools'];
  readonly language: string;
}

/** How full a pool is, as a bar and in words. */
export function Fill({ n, size, words, language }: FillProps) {
  const text = say(words.fill, language, { n, size });
  return (
    <p class="fill">
      <progress value={n} max={size} aria-label={text} />
      <span aria-hidden="true">{text}</span>
    </p>
  );
}
