import { Tally } from '../../src/verification/application/tally';
import { ProgressLine } from '../../src/verification/infrastructure/progress-line';

const AMOUNTS = { draws: 0, ballots: 1_000, keys: 0, entries: 0 };

function shown(isTTY: boolean, afterMs: readonly number[]): string[] {
  const written: string[] = [];
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const line = new ProgressLine({ isTTY, write: (text: string) => written.push(text) > 0 }, AMOUNTS);
  const tally = new Tally((counted) => {
    line.show(counted);
  });
  for (const ms of afterMs) {
    now += ms;
    tally.add('ballots', 250);
  }
  line.clear();
  jest.restoreAllMocks();
  return written;
}

describe('the progress of verify:all', () => {
  it('is a bar on a terminal, drawn anew a few times a second', () => {
    expect(shown(true, [1_000, 10, 990])).toEqual([
      '\r\x1b[K[#######.......................]  25 %  250 of 1,000 ballots, 250 rows/s',
      '\r\x1b[K[######################........]  75 %  750 of 1,000 ballots, 375 rows/s',
      '\r\x1b[K',
    ]);
  });

  it('is a line every ten seconds elsewhere', () => {
    expect(shown(false, [1_000, 9_500, 100])).toEqual([' 50 %  500 of 1,000 ballots, 48 rows/s\n']);
  });
});
