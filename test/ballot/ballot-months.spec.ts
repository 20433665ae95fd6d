import { Logger } from '@nestjs/common';
import { BallotMonths } from '../../src/ballot/infrastructure/ballot-months';
import type { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { testConfig } from '../support/test-app';

const NONE_MADE = [{ made: null }, { made: null }, { made: null }];

describe('the job that creates the partitions of ballots', () => {
  let answers: unknown[];
  let asked: number;
  let logged: string[];

  beforeEach(() => {
    [answers, asked, logged] = [[], 0, []];
    for (const level of ['log', 'warn', 'error'] as const) {
      const note = (text: unknown) => void logged.push(`${level}: ${String(text)}`);
      jest.spyOn(Logger.prototype, level as 'log').mockImplementation(note);
    }
  });
  afterEach(() => jest.restoreAllMocks());

  const months = (roles = 'scheduler') => {
    const query = () => {
      asked++;
      const answer = answers.shift();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    const work = { reader: { query } } as unknown as TypeOrmUnitOfWork;
    return new BallotMonths(testConfig('postgres://nobody@127.0.0.1:9/none', { ROLES: roles }), work);
  };

  it('runs before the service starts, and says what it created', async () => {
    answers = [[{ made: null }, { made: 'ballots_2030_04' }, { made: 'ballots_2030_05' }], [{ strays: false }]];
    await months().onModuleInit();
    const created = 'log: Created a partition of ballots';
    expect(logged).toEqual([`${created}: ballots_2030_04.`, `${created}: ballots_2030_05.`]);
  });

  it('warns of ballots that lie in no month', async () => {
    answers = [NONE_MADE, [{ strays: true }]];
    await months().tick();
    expect(logged).toEqual([expect.stringMatching(/^warn: Ballots lie in ballots_default/)]);
  });

  it('looks for partitions each minute, and for such ballots once an hour', async () => {
    const minutes = 61;
    const stray = [NONE_MADE, [{ strays: true }]];
    answers = [...stray, ...Array.from({ length: minutes - 2 }, () => NONE_MADE), ...stray];
    const job = months();
    for (let minute = 0; minute < minutes; minute++) await job.tick();
    expect(asked).toBe(minutes + 2);
    expect(logged).toHaveLength(2);
  });

  it('lets the service start without it, and tries again the next time', async () => {
    answers = [new Error('lock timeout'), [{ made: 'ballots_2030_06' }], [{ strays: false }]];
    const job = months();
    await job.onModuleInit();
    expect(logged).toEqual(['error: Partitions for the coming months may be missing.']);
    await job.tick();
    expect(logged.at(-1)).toBe('log: Created a partition of ballots: ballots_2030_06.');
  });

  it('is for the scheduler: other processes create nothing', async () => {
    await months('api').onModuleInit();
    expect(asked).toBe(0);
  });
});
