import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LotteryDate } from '../../../src/lottery/domain/lottery-date';

const REPOSITORIES = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  basename(file).startsWith('typeorm-'),
);

describe('what the database returns', () => {
  it("is nobody's bad input: a day that cannot be read is a defect of ours", () => {
    expect(LotteryDate.stored('2026-11-30').toString()).toBe('2026-11-30');
    for (const text of ['30.11.2026', '2026-02-30', '']) {
      expect(() => LotteryDate.stored(text)).toThrow(/broken invariant/);
    }
  });

  it.each(REPOSITORIES)('is not read as input in %s', (file) => {
    expect(readFileSync(join('src', file), 'utf8')).not.toMatch(/InvalidInput|(?<!JSON)\.parse\(/);
  });
});
