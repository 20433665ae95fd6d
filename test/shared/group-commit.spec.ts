import { GroupCommit, Settled } from '../../src/shared/application/group-commit';
import { DomainError } from '../../src/shared/domain/domain-error';

class Refused extends DomainError {
  readonly code = 'test.refused';
  readonly kind = 'conflict';
}

describe('group commit', () => {
  /** Commits only when told to; remembers its batches. */
  class Gate {
    readonly batches: { key: string; entries: readonly number[] }[] = [];
    onBatch: () => void = () => undefined;
    private readonly finish: (() => void)[] = [];

    readonly commit = async (key: string, entries: readonly number[]): Promise<readonly Settled<number>[]> => {
      this.batches.push({ key, entries });
      this.onBatch();
      await new Promise<void>((resolve) => this.finish.push(resolve));
      if (entries.includes(-1)) throw new Error('the commit failed');
      return entries.map((entry) => (entry === -2 ? new Refused() : entry * 10));
    };

    async finishNext(): Promise<void> {
      while (this.finish.length === 0) await turn();
      this.finish.shift()?.();
      await turn();
    }
  }

  const turn = () => new Promise((done) => setImmediate(done));

  const make = (gate: Gate, limits = { maxBatch: 3, maxWaiting: 5 }) => new GroupCommit(limits, gate.commit);

  it('commits together what arrives together, and what arrives meanwhile afterwards', async () => {
    const gate = new Gate();
    const group = make(gate);
    const first = [group.submit('a', 1), group.submit('a', 2)];
    await turn();
    const second = [group.submit('a', 3), group.submit('a', 4)];
    await gate.finishNext();
    await gate.finishNext();
    expect(await Promise.all([...first, ...second])).toEqual([10, 20, 30, 40]);
    expect(gate.batches.map(({ entries }) => entries)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('takes no more than a batch at once and keeps the order', async () => {
    const gate = new Gate();
    const group = make(gate);
    const answers = [1, 2, 3, 4].map((entry) => group.submit('a', entry));
    await gate.finishNext();
    await gate.finishNext();
    await Promise.all(answers);
    expect(gate.batches.map(({ entries }) => entries)).toEqual([[1, 2, 3], [4]]);
  });

  /** How many of 100 are answered when the next batch begins, for which so many wait. */
  async function answeredWhenNextBegins(waiting: number): Promise<number> {
    const gate = new Gate();
    const group = make(gate, { maxBatch: 100, maxWaiting: 1_000 });
    let [answered, answeredAtNext] = [0, -1];
    const submit = (entry: number) => group.submit('a', entry).then(() => answered++);
    const first = Array.from({ length: 100 }, (_, i) => submit(i));
    await turn();
    const next = Array.from({ length: waiting }, (_, i) => submit(100 + i));
    const begun = new Promise<void>((resolve) => {
      gate.onBatch = () => {
        answeredAtNext = answered;
        resolve();
      };
    });
    await gate.finishNext();
    await begun;
    await Promise.all(first);
    expect(answered).toBe(100);
    await gate.finishNext();
    await Promise.all(next);
    return answeredAtNext;
  }

  it('begins a batch as large as the one before first, and then answers all of that', async () => {
    expect(await answeredWhenNextBegins(100)).toBe(0);
  });

  it('lets a smaller batch wait for company until all of the one before is answered', async () => {
    expect(await answeredWhenNextBegins(1)).toBe(100);
  });

  it('does not let one key wait for another', async () => {
    const gate = new Gate();
    const group = make(gate);
    const answers = [group.submit('a', 1), group.submit('b', 2)];
    await turn();
    expect(gate.batches).toHaveLength(2);
    await gate.finishNext();
    await gate.finishNext();
    expect(await Promise.all(answers)).toEqual([10, 20]);
  });

  it('acknowledges nothing before the commit', async () => {
    const gate = new Gate();
    let acknowledged = false;
    const answer = make(gate)
      .submit('a', 1)
      .then(() => (acknowledged = true));
    for (let i = 0; i < 5; i++) await turn();
    expect(acknowledged).toBe(false);
    await gate.finishNext();
    await answer;
  });

  it('fails the whole batch of a failed commit, and goes on with the next', async () => {
    const gate = new Gate();
    const group = make(gate);
    const failing = Promise.allSettled([group.submit('a', -1), group.submit('a', 2)]);
    await turn();
    const next = group.submit('a', 3);
    await gate.finishNext();
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await gate.finishNext();
    expect(await next).toBe(30);
  });

  it('refuses an entry of a batch without failing its neighbours', async () => {
    const gate = new Gate();
    const group = make(gate);
    const settled = Promise.allSettled([1, -2, 2].map((entry) => group.submit('a', entry)));
    await gate.finishNext();
    expect(await settled).toEqual([
      { status: 'fulfilled', value: 10 },
      { status: 'rejected', reason: expect.any(Refused) as Refused },
      { status: 'fulfilled', value: 20 },
    ]);
  });

  it('is full while as many wait as may, not counting those in the commit', async () => {
    const gate = new Gate();
    const group = make(gate);
    const answers = [group.submit('a', 1)];
    await turn();
    for (let entry = 2; entry <= 6; entry++) answers.push(group.submit('a', entry));
    expect(group.hasRoomFor(1)).toBe(false);
    await gate.finishNext();
    expect(group.hasRoomFor(3)).toBe(true);
    expect(group.hasRoomFor(4)).toBe(false);
    await gate.finishNext();
    await gate.finishNext();
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it('counts an entry by its size, in a batch and among those that wait, and lets none overtake', async () => {
    const gate = new Gate();
    const group = make(gate);
    const answers = [
      [1, 2],
      [2, 1],
      [3, 2],
      [4, 1],
    ].map(([entry, size]) => group.submit('a', entry as number, size));
    expect([group.depth, group.hasRoomFor(1)]).toEqual([6, false]);
    await gate.finishNext();
    await gate.finishNext();
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40]);
    expect(gate.batches.map(({ entries }) => entries)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(group.depth).toBe(0);
  });

  it('gives an entry that is larger than a batch a commit of its own', async () => {
    const gate = new Gate();
    const group = make(gate);
    const answers = [group.submit('a', 1), group.submit('a', 2, 4), group.submit('a', 3)];
    for (let i = 0; i < 3; i++) await gate.finishNext();
    expect(await Promise.all(answers)).toEqual([10, 20, 30]);
    expect(gate.batches.map(({ entries }) => entries)).toEqual([[1], [2], [3]]);
  });
});
