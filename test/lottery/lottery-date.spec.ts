import fc from 'fast-check';
import { Lottery } from '../../src/lottery/domain/lottery';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';

describe('lottery date', () => {
  it.each(['2026-02-28', '2028-02-29', '2000-02-29', '0001-01-01', '9999-12-30'])('knows the day %s', (text) => {
    expect(LotteryDate.parse(text).toString()).toBe(text);
  });

  it.each([
    '2026-02-29',
    '2100-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '9999-12-31',
    '0000-01-01',
    '10000-01-01',
    '-2026-01-01',
    '',
    'today',
    null,
    undefined,
    20260101,
    ['2026-01-01'],
  ])('refuses %j', (text) => {
    expect(() => LotteryDate.parse(text)).toThrow('calendar day');
  });

  it.each([
    ['2026-11-21', '2026-11-22'],
    ['2026-12-31', '2027-01-01'],
    ['2028-02-28', '2028-02-29'],
    ['2026-02-28', '2026-03-01'],
  ])('ends %s at midnight UTC, when %s begins', (day, next) => {
    const date = LotteryDate.parse(day);
    expect(date.closesAt.toISOString()).toBe(`${next}T00:00:00.000Z`);
    expect(date.next.toString()).toBe(next);
    expect(LotteryDate.of(new Date(date.closesAt.getTime() - 1)).toString()).toBe(day);
    expect(LotteryDate.of(date.closesAt).toString()).toBe(next);
    expect(date.isBefore(date.next)).toBe(true);
    expect(date.next.isBefore(date)).toBe(false);
  });

  it('puts every instant into the day that contains it', () => {
    const instants = fc.date({ min: new Date('1970-01-01Z'), max: new Date('9999-12-30Z'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (instant) => {
        const { closesAt } = LotteryDate.of(instant);
        expect(instant.getTime()).toBeLessThan(closesAt.getTime());
        expect(instant.getTime()).toBeGreaterThanOrEqual(closesAt.getTime() - 86_400_000);
      }),
    );
  });
});

describe('lottery', () => {
  const lottery = (state: Lottery['state']) => new Lottery(LotteryDate.parse('2026-11-21'), 'draw', state);

  it.each([
    ['open', 'sealed'],
    ['open', 'void'],
    ['sealed', 'drawn'],
  ] as const)('goes from %s to %s', (from, to) => {
    expect(lottery(from).moveTo(to).state).toBe(to);
  });

  it('goes nowhere else', () => {
    const states = ['open', 'sealed', 'drawn', 'void'] as const;
    const legal = ['open sealed', 'open void', 'sealed drawn'];
    for (const from of states) {
      for (const to of states) {
        if (!legal.includes(`${from} ${to}`)) expect(() => lottery(from).moveTo(to)).toThrow('does not go');
      }
    }
  });

  it('is over at midnight UTC, not before', () => {
    expect(() => lottery('open').assertOver(new Date('2026-11-21T23:59:59.999Z'))).toThrow(
      'takes ballots until midnight',
    );
    expect(() => lottery('open').assertOver(new Date('2026-11-22T00:00:00.000Z'))).not.toThrow();
  });
});
