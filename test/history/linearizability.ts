/** What somebody did and was told, on one monotonic clock. */
export interface Operation<What> {
  readonly what: What;
  readonly calledMs: number;
  /** Infinity where no answer came: it may take effect at any time, or never. */
  readonly answeredMs: number;
}

/** An object as it would be if everybody used it one after the other. */
export interface SequentialModel<State, What> {
  readonly initial: State;
  /** The state after the operation; null where nobody can be told that in this state. */
  step(state: State, what: What): State | null;
  /** Equal for states that nobody can tell apart. */
  keyOf(state: State): string;
}

export interface Verdict<What> {
  readonly isLinearizable: boolean;
  /** An order that explains the history, or the longest beginning of one that was found. */
  readonly order: readonly What[];
}

/** A call or an answer in a doubly linked list in the order of time. */
interface Moment<What> {
  readonly number: number;
  readonly operation: Operation<What>;
  /** Of a call: its answer, if one came. Of an answer: null. */
  readonly answer: Moment<What> | null;
  readonly isCall: boolean;
  before: Moment<What> | null;
  after: Moment<What> | null;
}

/**
 * Whether each operation can have taken effect at one instant between its call and its answer: Wing and Gong's search
 * (Testing and Verifying Concurrent Objects, 1993) with Lowe's memory of configurations that led nowhere (Testing for
 * linearizability, 2017).
 */
export function linearize<State, What>(
  model: SequentialModel<State, What>,
  history: readonly Operation<What>[],
): Verdict<What> {
  const start = inOrderOfTime(history);
  const seen = new Set<string>();
  const taken: { readonly call: Moment<What>; readonly state: State; readonly done: bigint }[] = [];
  let [state, done] = [model.initial, 0n];
  let unanswered = history.filter(isAnswered).length;
  let longest: What[] = [];
  for (let moment = start.after; unanswered > 0 && moment;) {
    if (moment.isCall) {
      const next = model.step(state, moment.operation.what);
      const nextDone = done | (1n << BigInt(moment.number));
      if (next === null || !isNew(seen, `${nextDone.toString(36)} ${model.keyOf(next)}`)) {
        moment = moment.after;
        continue;
      }
      taken.push({ call: moment, state, done });
      [state, done] = [next, nextDone];
      if (moment.answer) unanswered--;
      takeOut(moment);
      if (taken.length > longest.length) longest = taken.map(({ call }) => call.operation.what);
      moment = start.after;
    } else {
      // Somebody was told something that no order so far explains: the last step was wrong.
      const last = taken.pop();
      if (!last) return { isLinearizable: false, order: longest };
      [state, done] = [last.state, last.done];
      if (last.call.answer) unanswered++;
      putBack(last.call);
      moment = last.call.after;
    }
  }
  return { isLinearizable: true, order: taken.map(({ call }) => call.operation.what) };
}

function isAnswered({ answeredMs }: Operation<unknown>): boolean {
  return answeredMs !== Infinity;
}

/** Before the first moment. Of a call and an answer at the same time the call is first: they may have overlapped. */
function inOrderOfTime<What>(history: readonly Operation<What>[]): { after: Moment<What> | null } {
  const moments = history.flatMap((operation, number): Moment<What>[] => {
    const common = { number, operation, before: null, after: null };
    const answer = isAnswered(operation) ? { ...common, answer: null, isCall: false } : null;
    const call = { ...common, answer, isCall: true };
    return answer ? [call, answer] : [call];
  });
  const timeOf = ({ isCall, operation }: Moment<What>) => (isCall ? operation.calledMs : operation.answeredMs);
  moments.sort((a, b) => timeOf(a) - timeOf(b) || Number(b.isCall) - Number(a.isCall));
  const start = { after: moments[0] ?? null } as Moment<What>;
  moments.forEach((moment, i) => {
    moment.before = moments[i - 1] ?? start;
    moment.after = moments[i + 1] ?? null;
  });
  return start;
}

function isNew(seen: Set<string>, key: string): boolean {
  const before = seen.size;
  return seen.add(key).size > before;
}

function takeOut<What>(call: Moment<What>): void {
  unlink(call);
  if (call.answer) unlink(call.answer);
}

/** In the reverse order: each finds its neighbours as it left them. */
function putBack<What>(call: Moment<What>): void {
  if (call.answer) relink(call.answer);
  relink(call);
}

function unlink<What>({ before, after }: Moment<What>): void {
  if (before) before.after = after;
  if (after) after.before = before;
}

function relink<What>(moment: Moment<What>): void {
  if (moment.before) moment.before.after = moment;
  if (moment.after) moment.after.before = moment;
}
