import { CloseLottery } from '../../src/lottery/application/close-lottery';
import { DrawLottery } from '../../src/lottery/application/draw-lottery';
import { SealLottery } from '../../src/lottery/application/seal-lottery';
import { LotteryNotBegun, LotteryNotFound, LotteryNotOver } from '../../src/lottery/domain/errors';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { FakeBallots } from '../ballot/fakes';
import { DRAWN_AT, FakeDrawing, FakeDrawSealing, SEALED_AT } from '../draw/fakes';
import { FakeAuditTrail, FakeClock, FakeOutbox, FakeUnitOfWork } from '../shared/fakes';
import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import { FakeAdmins } from '../user/fakes';
import { aLottery, FakeLotteries } from './fakes';

const date = LotteryDate.parse('2026-11-21');
const drawId = 'draw of 2026-11-21';
const onSchedule = { date, trigger: 'schedule', early: false } as const;
const early = { date, trigger: 'manual', early: true } as const;

describe('close a lottery', () => {
  let clock: FakeClock;
  let lotteries: FakeLotteries;
  let ballots: FakeBallots;
  let sealing: FakeDrawSealing;
  let drawing: FakeDrawing;
  let outbox: FakeOutbox;
  let audit: FakeAuditTrail;
  let work: FakeUnitOfWork;
  let admins: FakeAdmins;
  let close: CloseLottery;

  beforeEach(async () => {
    clock = new FakeClock(new Date('2026-11-22T00:00:00.000Z'));
    lotteries = new FakeLotteries();
    ballots = new FakeBallots();
    sealing = new FakeDrawSealing();
    drawing = new FakeDrawing(ballots);
    outbox = new FakeOutbox();
    audit = new FakeAuditTrail();
    work = new FakeUnitOfWork([lotteries, sealing, drawing, outbox, audit]);
    admins = new FakeAdmins(work);
    const seal = new SealLottery(lotteries, sealing, ballots, audit, outbox);
    const draw = new DrawLottery(lotteries, drawing, ballots, outbox);
    close = new CloseLottery(work, lotteries, seal, draw, clock, admins);
    await lotteries.add(aLottery('2026-11-21'));
    for (const player of ['alice', 'bob']) ballots.cast(drawId, player);
  });

  it('enters a closing by hand in the audit trail before it announces it: the order in which all lock', async () => {
    const order: string[] = [];
    jest.spyOn(audit, 'record').mockImplementation(async () => order.push('audit'));
    jest.spyOn(outbox, 'add').mockImplementation(async () => void order.push('outbox'));
    await close.execute({ date, trigger: 'manual', early: true });
    expect(order).toEqual(['audit', 'outbox', 'outbox']);
  });

  const state = async () => (await lotteries.get(date)).state;
  const announced = () => outbox.rows.map(({ type }) => type);

  it('seals and draws it at midnight, and announces first the ballots, then the winner', async () => {
    expect(await close.execute(onSchedule)).toEqual(['sealed', 'drawn']);
    expect(await state()).toBe('drawn');
    const facts = { date: '2026-11-21', drawId };
    const winner = { ballotId: ballots.of(drawId)[1]?.id, userId: 'bob', index: 1 };
    const [sealed, drawn] = [
      { ...facts, state: 'sealed', ballots: 2 },
      { ...facts, state: 'drawn', winner },
    ];
    expect(outbox.rows).toEqual([
      { type: 'lottery.sealed', aggregateId: drawId, payload: sealed, occurredAt: SEALED_AT },
      { type: 'lottery.drawn', aggregateId: drawId, payload: drawn, occurredAt: DRAWN_AT },
    ]);
    expect(sealing.rows.get(drawId)).toBe('schedule');
  });

  it('writes down what an operator does, not what the schedule does', async () => {
    await close.execute(onSchedule);
    expect(audit.rows).toEqual([]);
    await lotteries.add(aLottery('2026-11-20'));
    ballots.cast('draw of 2026-11-20', 'alice');
    await close.execute({ date: LotteryDate.parse('2026-11-20'), trigger: 'manual', early: false });
    expect(audit.rows).toEqual([
      { actor: 'operator', action: 'lottery.closed', subject: '2026-11-20', details: { early: 'false' } },
    ]);
    expect(sealing.rows.get('draw of 2026-11-20')).toBe('manual');
  });

  it('refuses a day that is not over and changes nothing', async () => {
    clock.time = new Date('2026-11-21T23:59:59.999Z');
    await expect(close.execute(onSchedule)).rejects.toThrow(LotteryNotOver);
    await expect(close.execute({ ...early, early: false })).rejects.toThrow(LotteryNotOver);
    expect(await state()).toBe('open');
    expect([sealing.rows.size, outbox.rows.length, audit.rows.length]).toEqual([0, 0, 0]);
  });

  it('closes a day that is not over where an operator says so, and writes it down', async () => {
    clock.time = new Date('2026-11-21T12:00:00.000Z');
    expect(await close.execute(early)).toEqual(['sealed', 'drawn']);
    expect(audit.rows).toMatchObject([{ actor: 'operator', details: { early: 'true' } }]);
  });

  describe('as an admin', () => {
    beforeEach(() => (clock.time = new Date('2026-11-21T12:00:00.000Z')));

    it('seals and draws it, and is named in the audit trail, once', async () => {
      await close.asAdmin(admins.id, date, true);
      await close.asAdmin(admins.id, date, true);
      expect([await state(), sealing.rows.get(drawId)]).toEqual(['drawn', 'manual']);
      const actor = { userId: admins.id };
      expect(audit.rows).toEqual([
        { actor, action: 'lottery.closed', subject: '2026-11-21', details: { early: 'true' } },
      ]);
    });

    it('closes no day that is not over without early, and none that has not begun with it', async () => {
      await expect(close.asAdmin(admins.id, date, false)).rejects.toThrow(LotteryNotOver);
      clock.time = new Date('2026-11-20T23:59:59.999Z');
      await expect(close.asAdmin(admins.id, date, true)).rejects.toThrow(LotteryNotBegun);
      expect([await state(), sealing.rows.size, audit.rows.length]).toEqual(['open', 0, 0]);
    });

    it('is refused once demoted, and changes nothing', async () => {
      admins.isDemoted = true;
      await expect(close.asAdmin(admins.id, date, true)).rejects.toThrow(AccessForbidden);
      expect([await state(), sealing.rows.size, audit.rows.length]).toEqual(['open', 0, 0]);
    });

    it('asks for the randomness outside of the unit of work in which admins are locked', async () => {
      const running: boolean[] = [];
      jest.spyOn(drawing, 'prepare').mockImplementation(async (ids) => {
        running.push(work.isRunning);
        return ids;
      });
      await close.asAdmin(admins.id, date, true);
      expect(running).toEqual([false]);
    });
  });

  it('closes no day that has not begun, whatever an operator says, and changes nothing', async () => {
    clock.time = new Date('2026-11-20T23:59:59.999Z');
    await expect(close.byHand(early.date, true)).rejects.toThrow(LotteryNotBegun);
    await expect(close.byHand(early.date, false)).rejects.toThrow(LotteryNotBegun);
    expect(await state()).toBe('open');
    expect([sealing.rows.size, outbox.rows.length, audit.rows.length]).toEqual([0, 0, 0]);
    clock.time = new Date('2026-11-21T00:00:00.000Z');
    await close.byHand(early.date, true);
    expect(await state()).toBe('drawn');
    clock.time = new Date('2026-11-20T12:00:00.000Z');
    await close.byHand(early.date, true);
  });

  it('refuses a day that has no lottery', async () => {
    const other = LotteryDate.parse('2026-11-19');
    await expect(close.execute({ ...onSchedule, date: other })).rejects.toThrow(LotteryNotFound);
  });

  it('does nothing a second time', async () => {
    await close.execute(onSchedule);
    expect(await close.execute(onSchedule)).toEqual([]);
    expect(await close.execute(early)).toEqual([]);
    expect([announced().length, audit.rows.length]).toEqual([2, 0]);
  });

  it('ends void where no ballot can win: it is not drawn', async () => {
    sealing.hopeless.add(drawId);
    expect(await close.execute(onSchedule)).toEqual(['void']);
    const payload = { date: '2026-11-21', drawId, state: 'void', ballots: 2 };
    expect(outbox.rows).toEqual([{ type: 'lottery.voided', aggregateId: drawId, payload, occurredAt: SEALED_AT }]);
    expect([await close.execute(onSchedule), drawing.rows.size]).toEqual([[], 0]);
  });

  it('stays sealed until its randomness is there, then is drawn by the next call', async () => {
    drawing.waiting.add(drawId);
    expect(await close.execute(onSchedule)).toEqual(['sealed']);
    expect(await close.execute(onSchedule)).toEqual([]);
    expect(await state()).toBe('sealed');
    drawing.waiting.clear();
    expect(await close.execute(onSchedule)).toEqual(['drawn']);
    expect(announced()).toEqual(['lottery.sealed', 'lottery.drawn']);
  });

  it('asks for the randomness outside of any unit of work', async () => {
    const running: boolean[] = [];
    jest.spyOn(drawing, 'prepare').mockImplementation(async (ids) => {
      running.push(work.isRunning);
      return ids;
    });
    await close.execute(onSchedule);
    expect(running).toEqual([false]);
  });

  it('stays sealed, with nothing said of a winner, when the drawing fails', async () => {
    drawing.faults.set(drawId, new Error('the database is away'));
    await expect(close.execute(onSchedule)).rejects.toThrow('the database is away');
    expect([await state(), announced()]).toEqual(['sealed', ['lottery.sealed']]);
    drawing.faults.clear();
    expect(await close.execute(onSchedule)).toEqual(['drawn']);
  });

  it.each([
    ['the log cannot be sealed', () => jest.spyOn(sealing, 'seal')],
    ['it cannot be announced', () => jest.spyOn(outbox, 'add')],
    ['it cannot be written down', () => jest.spyOn(audit, 'record')],
  ])('stays open when %s', async (_, spy) => {
    spy().mockRejectedValueOnce(new Error('the database is away'));
    await expect(close.execute(early)).rejects.toThrow('the database is away');
    expect(await state()).toBe('open');
    expect([sealing.rows.size, outbox.rows.length, audit.rows.length]).toEqual([0, 0, 0]);
  });

  it('stays sealed when the winner cannot be announced', async () => {
    drawing.waiting.add(drawId);
    await close.execute(onSchedule);
    drawing.waiting.clear();
    jest.spyOn(outbox, 'add').mockRejectedValueOnce(new Error('the database is away'));
    await expect(close.execute(onSchedule)).rejects.toThrow('the database is away');
    expect([await state(), drawing.rows.size]).toEqual(['sealed', 0]);
  });

  it('leaves the drawing to whoever was faster', async () => {
    jest.spyOn(drawing, 'prepare').mockImplementationOnce(async (ids) => {
      await close.execute(onSchedule);
      return ids;
    });
    expect(await close.execute(onSchedule)).toEqual(['sealed']);
    expect([await state(), announced()]).toEqual(['drawn', ['lottery.sealed', 'lottery.drawn']]);
  });
});
