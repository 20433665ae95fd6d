import { AuthBusy } from '../../src/user/domain/errors';
import { FairQueue } from '../../src/user/infrastructure/fair-queue';

/** What waits for its turn, in the order of arrival; what was served, in the order of the turns. */
describe('work for many addresses', () => {
  let queue: FairQueue;
  let served: string[];
  let refused: string[];
  /** Ends the work that runs, and so starts the next. */
  let end: () => Promise<void>;

  beforeEach(() => {
    queue = new FairQueue(1);
    [served, refused] = [[], []];
  });

  function arrive(name: string, { isKnown = false, times = 1 } = {}): void {
    for (let i = 0; i < times; i++) {
      const work = () =>
        new Promise<void>((done) => {
          served.push(name);
          end = async () => {
            done();
            await new Promise(setImmediate);
          };
        });
      queue.inTurn({ address: name, isKnown }, work).catch((error: unknown) => {
        expect(error).toBeInstanceOf(AuthBusy);
        refused.push(name);
      });
    }
  }

  async function serve(times: number): Promise<readonly string[]> {
    const before = served.length;
    for (let i = 0; i < times; i++) await end();
    return served.slice(before);
  }

  it('is done in turns: an address with many waits for one with a single one', async () => {
    arrive('robot', { times: 40 });
    arrive('ann');
    arrive('bob', { times: 2 });
    expect(await serve(6)).toEqual(['robot', 'ann', 'bob', 'robot', 'bob', 'robot']);
  });

  it('is done for known addresses first, and each third turn for others', async () => {
    arrive('first');
    arrive('robot', { times: 3 });
    arrive('ann', { isKnown: true, times: 3 });
    arrive('bob', { isKnown: true });
    expect(await serve(7)).toEqual(['ann', 'bob', 'robot', 'ann', 'ann', 'robot', 'robot']);
  });

  it('of one address waits up to 64 times, and no more', async () => {
    arrive('robot', { times: 70 });
    await new Promise(setImmediate);
    expect(refused).toHaveLength(5);
  });

  it('of a newcomer takes the place of the address that has most once all hundred are taken', async () => {
    arrive('robot', { times: 61 });
    arrive('machine', { times: 40 });
    arrive('ann', { times: 3 });
    await new Promise(setImmediate);
    expect(refused).toEqual(['robot', 'robot', 'robot']);
    expect(await serve(3)).toEqual(['robot', 'machine', 'ann']);
    arrive('robot');
    await new Promise(setImmediate);
    expect(refused).toHaveLength(3);
  });

  it('of addresses that have one each is refused once all are taken', async () => {
    for (let i = 0; i <= 100; i++) arrive(`address ${i}`);
    arrive('late');
    await new Promise(setImmediate);
    expect(refused).toEqual(['late']);
  });

  it('is all done in the end, whoever waits and whatever fails', async () => {
    const callers = Array.from({ length: 60 }, (_, i) => ({ address: `address ${i % 7}`, isKnown: i % 5 === 0 }));
    const two = new FairQueue(2);
    const outcomes = await Promise.allSettled(
      callers.map((caller, i) =>
        two.inTurn(caller, async () => {
          await new Promise(setImmediate);
          if (i % 3 === 0) throw new Error('failed');
          return i;
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    expect(await two.inTurn({ address: 'x', isKnown: false }, async () => 'done')).toBe('done');
  });
});
