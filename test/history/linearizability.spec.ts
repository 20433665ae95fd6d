import fc from 'fast-check';
import { linearize, Operation, SequentialModel } from './linearizability';

type QueueWhat = { readonly put: string } | { readonly got: string };
type RegisterWhat = { readonly wrote: number } | { readonly read: number };

const queue: SequentialModel<readonly string[], QueueWhat> = {
  initial: [],
  step: (items, what) => {
    if ('put' in what) return [...items, what.put];
    return items[0] === what.got ? items.slice(1) : null;
  },
  keyOf: (items) => items.join(),
};

const register: SequentialModel<number, RegisterWhat> = {
  initial: 0,
  step: (value, what) => ('wrote' in what ? what.wrote : what.read === value ? value : null),
  keyOf: String,
};

/** `[what, called, answered]` */
type Row<What> = readonly [What, number, number?];

function historyOf<What>(rows: readonly Row<What>[]): Operation<What>[] {
  return rows.map(([what, calledMs, answeredMs = Infinity]) => ({ what, calledMs, answeredMs }));
}

/** The definition, word for word: some order of all that was answered and some of the rest obeys time and model. */
function byDefinition<State, What>(
  model: SequentialModel<State, What>,
  left: readonly Operation<What>[],
  state: State = model.initial,
): boolean {
  if (left.every(({ answeredMs }) => answeredMs === Infinity)) return true;
  return left.some((operation) => {
    if (left.some(({ answeredMs }) => answeredMs < operation.calledMs)) return false;
    const next = model.step(state, operation.what);
    const rest = left.filter((other) => other !== operation);
    return next !== null && byDefinition(model, rest, next);
  });
}

describe('a history is linearizable', () => {
  // After Herlihy and Wing, Linearizability: A Correctness Condition for Concurrent Objects (1990), figure 1.
  it.each<[string, boolean, Row<QueueWhat>[]]>([
    [
      'a queue whose overlapping puts are got in either order',
      true,
      [
        [{ put: 'x' }, 0, 3],
        [{ put: 'y' }, 1, 2],
        [{ got: 'y' }, 4, 6],
        [{ got: 'x' }, 5, 7],
      ],
    ],
    [
      'a queue that gives the later of two puts first',
      false,
      [
        [{ put: 'x' }, 0, 1],
        [{ put: 'y' }, 2, 3],
        [{ got: 'y' }, 4, 5],
      ],
    ],
    [
      'a queue that gives what is still being put',
      true,
      [
        [{ put: 'x' }, 0],
        [{ got: 'x' }, 1, 2],
      ],
    ],
    [
      'a queue that gives one thing twice',
      false,
      [
        [{ put: 'x' }, 0, 3],
        [{ put: 'y' }, 1, 2],
        [{ got: 'y' }, 4, 6],
        [{ got: 'y' }, 5, 7],
      ],
    ],
  ])('%s: %s', (_, expected, rows) => {
    expect(linearize(queue, historyOf(rows)).isLinearizable).toBe(expected);
  });

  it.each<[string, boolean, Row<RegisterWhat>[]]>([
    ['an empty history', true, []],
    ['a read of what nobody wrote', false, [[{ read: 1 }, 0, 1]]],
    [
      'a read of the old value during a write',
      true,
      [
        [{ wrote: 1 }, 0, 3],
        [{ read: 0 }, 1, 2],
      ],
    ],
    [
      'a read of the old value after another read of the new one',
      false,
      [
        [{ wrote: 1 }, 0, 5],
        [{ read: 1 }, 1, 2],
        [{ read: 0 }, 3, 4],
      ],
    ],
    [
      'a stale read after a write was answered',
      false,
      [
        [{ wrote: 1 }, 0, 1],
        [{ read: 0 }, 2, 3],
      ],
    ],
    [
      'a write without an answer that is seen late',
      true,
      [
        [{ wrote: 1 }, 0],
        [{ read: 0 }, 1, 2],
        [{ read: 1 }, 3, 4],
      ],
    ],
    [
      'a write without an answer that is seen and forgotten',
      false,
      [
        [{ wrote: 1 }, 0],
        [{ read: 1 }, 1, 2],
        [{ read: 0 }, 3, 4],
      ],
    ],
    [
      'an answer at the instant of a call',
      true,
      [
        [{ read: 1 }, 0, 1],
        [{ wrote: 1 }, 1, 2],
      ],
    ],
  ])('%s: %s', (_, expected, rows) => {
    expect(linearize(register, historyOf(rows)).isLinearizable).toBe(expected);
  });

  it('exactly where the definition, tried order by order, says so', () => {
    const value = fc.integer({ min: 0, max: 2 });
    const what = fc.oneof(fc.record({ wrote: value }), fc.record({ read: value }));
    const answer = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 6 }) },
      { weight: 1, arbitrary: fc.constant(Infinity) },
    );
    const operation = fc
      .tuple(what, fc.integer({ min: 0, max: 12 }), answer)
      .map(([one, calledMs, duration]): Operation<RegisterWhat> => ({
        what: one,
        calledMs,
        answeredMs: calledMs + duration,
      }));
    const verdicts = { true: 0, false: 0 };
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 7 }), (history) => {
        const { isLinearizable } = linearize(register, history);
        verdicts[`${isLinearizable}`]++;
        expect(isLinearizable).toBe(byDefinition(register, history));
      }),
      { numRuns: 5_000 },
    );
    expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(500);
  });

  it('with an order that explains it', () => {
    const rows: Row<QueueWhat>[] = [
      [{ put: 'x' }, 0, 3],
      [{ put: 'y' }, 1, 2],
      [{ got: 'y' }, 4, 5],
    ];
    expect(linearize(queue, historyOf(rows)).order).toEqual([{ put: 'y' }, { put: 'x' }, { got: 'y' }]);
  });

  it('or not, of 14 overlapping writes too: no configuration is looked into twice', () => {
    const rows = Array.from({ length: 14 }, (_, i): Row<RegisterWhat> => [{ wrote: i % 2 }, 0, 10]);
    expect(linearize(register, historyOf<RegisterWhat>([...rows, [{ read: 2 }, 11, 12]])).isLinearizable).toBe(false);
  });
});
