import type { Words } from '../words/words';

/** How far a draw is, by a mark and a word. */
export function State({ state, words }: { readonly state: keyof Words['layout']['state']; readonly words: Words }) {
  return (
    <span class="state" data-state={state}>
      {words.layout.state[state]}
    </span>
  );
}
