import { AddLottery } from '../../src/lottery/application/add-lottery';
import { OpenLottery } from '../../src/lottery/application/open-lottery';
import { LotteryDayPast, LotteryExists } from '../../src/lottery/domain/errors';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import { FakeDrawOpening } from '../draw/fakes';
import { FakeAuditTrail, FakeClock, FakeIds, FakeOutbox, FakeUnitOfWork } from '../shared/fakes';
import { FakeAdmins } from '../user/fakes';
import { FakeLotteries } from './fakes';

const TODAY = LotteryDate.parse('2026-11-21');

describe('open a lottery', () => {
  let clock: FakeClock;
  let lotteries: FakeLotteries;
  let draws: FakeDrawOpening;
  let outbox: FakeOutbox;
  let audit: FakeAuditTrail;
  let admins: FakeAdmins;
  let open: OpenLottery;

  beforeEach(() => {
    clock = new FakeClock(new Date('2026-11-21T12:00:00.000Z'));
    lotteries = new FakeLotteries();
    draws = new FakeDrawOpening();
    outbox = new FakeOutbox();
    audit = new FakeAuditTrail();
    const work = new FakeUnitOfWork([lotteries, draws, outbox, audit]);
    admins = new FakeAdmins(work);
    open = new OpenLottery(work, admins, new AddLottery(lotteries, draws, new FakeIds(), audit, outbox), clock);
  });

  it('enters an opening in the audit trail before it announces it: the order in which all lock', async () => {
    const order: string[] = [];
    jest.spyOn(audit, 'record').mockImplementation(async () => order.push('audit'));
    jest.spyOn(outbox, 'add').mockImplementation(async () => void order.push('outbox'));
    await open.openUnlessThere(LotteryDate.parse('2026-11-23'), 'service');
    expect(order).toEqual(['audit', 'outbox']);
  });

  const nothingHappened = () => {
    expect([lotteries.rows.size, draws.rows.length, outbox.rows.length, audit.rows.length]).toEqual([0, 0, 0, 0]);
  };

  it('gives the day a lottery, and the lottery a draw of one winner that ends at midnight UTC', async () => {
    await open.execute(TODAY, admins.id);
    const { drawId, state } = await lotteries.get(TODAY);
    expect(state).toBe('open');
    expect(draws.rows).toEqual([
      { drawId, name: 'daily 2026-11-21', closes: new Date('2026-11-22T00:00:00.000Z'), winners: 1 },
    ]);
  });

  it('announces it, and writes down who did it', async () => {
    await open.execute(TODAY, admins.id);
    const { drawId } = await lotteries.get(TODAY);
    const payload = { date: '2026-11-21', drawId, state: 'open', closesAt: '2026-11-22T00:00:00.000Z' };
    const occurredAt = new Date('2026-11-21T00:00:00.000Z');
    expect(outbox.rows).toEqual([{ type: 'lottery.opened', aggregateId: drawId, payload, occurredAt }]);
    expect(audit.rows).toEqual([{ actor: { userId: admins.id }, action: 'lottery.opened', subject: '2026-11-21' }]);
  });

  it('takes today until its last millisecond, and days to come', async () => {
    clock.time = new Date('2026-11-21T23:59:59.999Z');
    await open.execute(TODAY, admins.id);
    await open.execute(LotteryDate.parse('2027-02-28'), admins.id);
    expect(lotteries.rows.size).toBe(2);
  });

  it('refuses a day that is past and changes nothing', async () => {
    clock.time = new Date('2026-11-22T00:00:00.000Z');
    await expect(open.execute(TODAY, admins.id)).rejects.toThrow(LotteryDayPast);
    await expect(open.openUnlessThere(TODAY, 'service')).rejects.toThrow(LotteryDayPast);
    nothingHappened();
  });

  it('refuses a day that has one, which stays as it is', async () => {
    await open.execute(TODAY, admins.id);
    const first = await lotteries.get(TODAY);
    await expect(open.execute(TODAY, admins.id)).rejects.toThrow(LotteryExists);
    expect(await lotteries.get(TODAY)).toEqual(first);
    expect([draws.rows.length, outbox.rows.length, audit.rows.length]).toEqual([1, 1, 1]);
  });

  it('refuses an admin who was demoted and changes nothing', async () => {
    admins.isDemoted = true;
    await expect(open.execute(TODAY, admins.id)).rejects.toThrow(AccessForbidden);
    nothingHappened();
  });

  it('happens once for the service, however often it asks', async () => {
    expect(await open.openUnlessThere(TODAY, 'service')).toBe(true);
    expect(await open.openUnlessThere(TODAY, 'service')).toBe(false);
    expect(audit.rows).toEqual([{ actor: 'service', action: 'lottery.opened', subject: '2026-11-21' }]);
    expect(outbox.rows).toHaveLength(1);
  });

  it.each([
    ['the draw cannot be opened', () => jest.spyOn(draws, 'open')],
    ['it cannot be announced', () => jest.spyOn(outbox, 'add')],
    ['it cannot be written down', () => jest.spyOn(audit, 'record')],
  ])('does not happen when %s', async (_, spy) => {
    spy().mockRejectedValueOnce(new Error('the database is away'));
    await expect(open.execute(TODAY, admins.id)).rejects.toThrow('the database is away');
    nothingHappened();
  });
});
