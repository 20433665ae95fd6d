import { Logger } from '@nestjs/common';
import { BatchHandler, ReceivedMessage, RefusedMessage } from '../../../src/shared/application/batch-handler';
import { RetryingHandler } from '../../../src/platform/kafka/retrying-handler';

const waited: number[] = [];
let whileWaiting: () => void = () => undefined;

// No time passes here: what matters is how long it would have waited.
jest.mock('node:timers/promises', () => ({
  setTimeout: async (milliseconds: number, _: unknown, { signal }: { signal: AbortSignal }) => {
    waited.push(milliseconds);
    whileWaiting();
    signal.throwIfAborted();
  },
}));

const away = () => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
const messages = (count: number): ReceivedMessage[] =>
  Array.from({ length: count }, (_, i) => ({ id: `m${i}`, topic: 'topic', key: null, value: null }));
const done = (count: number) => ({ count, refused: [], defect: null });
const forever = new AbortController().signal;

/** Counts how many messages each attempt had; `fails` throws what the attempt ends with. */
class Attempts extends BatchHandler {
  readonly sizes: number[] = [];

  constructor(private readonly fails: (given: readonly ReceivedMessage[], attempt: number) => void) {
    super();
  }

  async handle(given: readonly ReceivedMessage[]): Promise<readonly RefusedMessage[]> {
    this.sizes.push(given.length);
    this.fails(given, this.sizes.length);
    return [];
  }
}

describe('messages that are not handled', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(() => {
    waited.length = 0;
    whileWaiting = () => undefined;
  });

  describe('because something is in the way that will pass', () => {
    it('are tried again for as long as it takes, every five seconds in the end, and none is refused', async () => {
      const handler = new Attempts((_, attempt) => {
        if (attempt <= 1_000) throw away();
      });
      expect(await new RetryingHandler(handler).handle(messages(10), forever)).toEqual(done(10));
      expect(handler.sizes).toEqual(Array.from({ length: 1_001 }, () => 10));
      expect(waited.slice(0, 8)).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
      expect(Math.max(...waited)).toBe(5_000);
    });

    it.each([
      ['the server is shutting down', Object.assign(new Error('terminating connection'), { code: '57P01' })],
      ['a lock is not to be had', Object.assign(new Error('canceling statement'), { code: '55P03' })],
      ['the disk is full', Object.assign(new Error('could not extend file'), { code: '53100' })],
      ['a table is missing', Object.assign(new Error('relation does not exist'), { code: '42P01' })],
      ['the connection was cut', new Error('Connection terminated unexpectedly')],
      [
        'the connection is no good any more',
        new Error('Client has encountered a connection error and is not queryable'),
      ],
      ['its connection was lost between two statements', new Error('Query runner already released. Cannot run')],
      ['no connection is free', new Error('timeout exceeded when trying to connect')],
      ['an answer does not come', new Error('Query read timeout')],
    ])('as when %s', async (_, error) => {
      const handler = new Attempts((__, attempt) => {
        if (attempt <= 10) throw error;
      });
      expect(await new RetryingHandler(handler).handle(messages(2), forever)).toEqual(done(2));
      expect(handler.sizes).toHaveLength(11);
    });

    it('are given up when somebody asks to stop: they come again', async () => {
      const stop = new AbortController();
      whileWaiting = () => {
        if (waited.length === 5) stop.abort();
      };
      const handler = new Attempts(() => {
        throw away();
      });
      await expect(new RetryingHandler(handler).handle(messages(3), stop.signal)).rejects.toThrow('ECONNREFUSED');
      expect(handler.sizes).toHaveLength(5);
    });
  });

  describe('because of a defect that shows with one of them', () => {
    const failing = (...ids: string[]) =>
      new Attempts((given) => {
        const found = given.find(({ id }) => ids.includes(id));
        if (found) throw new TypeError(`${found.id} is not understood`);
      });

    it('are handled up to that one, which is found by halving and tried three times alone', async () => {
      const handler = failing('m5');
      const outcome = await new RetryingHandler(handler).handle(messages(8), forever);
      expect(outcome).toEqual({ count: 5, refused: [], defect: new TypeError('m5 is not understood') });
      // All of it; m0 to m3; m4 to m7; m4 and m5; m4; m5 alone.
      expect(handler.sizes).toEqual([8, 8, 8, 4, 4, 2, 1, 1, 1, 1]);
    });

    it('stop at the first where all fail, in few attempts', async () => {
      const handler = failing(...messages(1_000).map(({ id }) => id));
      expect(await new RetryingHandler(handler).handle(messages(1_000), forever)).toMatchObject({ count: 0 });
      expect(handler.sizes.length).toBeLessThanOrEqual(3 + 9 + 3);
    });

    it('are tried once where the partition had stopped before', async () => {
      const handler = failing('m0');
      expect(await new RetryingHandler(handler).handle(messages(1), forever, 1)).toMatchObject({ count: 0 });
      expect(handler.sizes).toEqual([1]);
    });

    it.each([
      ['what the database says of a value', Object.assign(new Error('invalid input syntax'), { code: '22P02' })],
      ['what the database says of a constraint', Object.assign(new Error('duplicate key value'), { code: '23505' })],
      ['what the driver makes of an answer', new TypeError("Cannot read properties of null (reading 'getTime')")],
    ])('are never refused for %s', async (_, error) => {
      const handler = new Attempts(() => {
        throw error;
      });
      const outcome = await new RetryingHandler(handler).handle(messages(20), forever);
      expect(outcome).toEqual({ count: 0, refused: [], defect: error });
    });

    it('keep what the handler refused among those before it', async () => {
      const handler = failing('m3');
      const handle = handler.handle.bind(handler);
      handler.handle = async (given) => {
        await handle(given);
        return given.filter(({ id }) => id === 'm1').map((message) => ({ message, reason: 'no stake' }));
      };
      const outcome = await new RetryingHandler(handler).handle(messages(8), forever);
      expect(outcome).toMatchObject({ count: 3, refused: [{ message: { id: 'm1' } }] });
    });

    it('still wait for what will pass, in the midst of it', async () => {
      let outages = 20;
      const handler = new Attempts((given) => {
        if (given.length < 8 && outages-- > 0) throw away();
        if (given.some(({ id }) => id === 'm1')) throw new TypeError('m1 is not understood');
      });
      expect(await new RetryingHandler(handler).handle(messages(8), forever)).toMatchObject({ count: 1 });
      expect(outages).toBeLessThan(0);
    });
  });
});
