import { AddLottery } from '../../src/lottery/application/add-lottery';
import { Calendar } from '../../src/lottery/application/calendar';
import { CloseLottery } from '../../src/lottery/application/close-lottery';
import { DrawLottery } from '../../src/lottery/application/draw-lottery';
import { OpenLottery } from '../../src/lottery/application/open-lottery';
import { Reconciled, ReconcileLotteries } from '../../src/lottery/application/reconcile-lotteries';
import { SealLottery } from '../../src/lottery/application/seal-lottery';
import { FakeBallots } from '../ballot/fakes';
import { FakeDrawing, FakeDrawOpening, FakeDrawSealing } from '../draw/fakes';
import { FakeAuditTrail, FakeClock, FakeIds, FakeOutbox, FakeUnitOfWork } from '../shared/fakes';
import { FakeAdmins } from '../user/fakes';
import { aLottery, FakeLotteries } from './fakes';

describe('reconcile the lotteries with the calendar', () => {
  let clock: FakeClock;
  let lotteries: FakeLotteries;
  let drawing: FakeDrawing;
  let outbox: FakeOutbox;
  let reconcile: ReconcileLotteries;

  beforeEach(() => {
    clock = new FakeClock(new Date('2026-11-21T00:00:00.000Z'));
    lotteries = new FakeLotteries();
    outbox = new FakeOutbox();
    const audit = new FakeAuditTrail();
    const ballots = new FakeBallots();
    const [opening, sealing] = [new FakeDrawOpening(), new FakeDrawSealing()];
    drawing = new FakeDrawing(ballots);
    const work = new FakeUnitOfWork([lotteries, opening, sealing, drawing, outbox, audit]);
    const add = new AddLottery(lotteries, opening, new FakeIds(), audit, outbox);
    const seal = new SealLottery(lotteries, sealing, ballots, audit, outbox);
    const draw = new DrawLottery(lotteries, drawing, ballots, outbox);
    for (const day of ['2026-11-18', '2026-11-19', '2026-11-20']) ballots.cast(`draw of ${day}`, 'alice');
    reconcile = new ReconcileLotteries(
      new Calendar(clock),
      lotteries,
      new OpenLottery(work, new FakeAdmins(work), add, clock),
      new CloseLottery(work, lotteries, seal, draw, clock, new FakeAdmins(work)),
      clock,
    );
  });

  const opened = ({ opened }: Reconciled) => opened.map(String);
  const moved = ({ moved }: Reconciled) => moved.map(({ date, state }) => `${date.toString()} ${state}`);
  const states = () => [...lotteries.rows.values()].map(({ date, state }) => `${date.toString()} ${state}`);

  it('opens today and tomorrow', async () => {
    expect(opened(await reconcile.execute())).toEqual(['2026-11-21', '2026-11-22']);
    expect(states()).toEqual(['2026-11-21 open', '2026-11-22 open']);
  });

  it('has nothing to do a second time', async () => {
    await reconcile.execute();
    const announced = outbox.rows;
    expect(await reconcile.execute()).toEqual({ opened: [], moved: [], failed: [] });
    expect(outbox.rows).toEqual(announced);
  });

  it('closes every day before today, oldest first, and never today', async () => {
    for (const day of ['2026-11-20', '2026-11-18', '2026-11-19']) await lotteries.add(aLottery(day));
    await lotteries.add(aLottery('2026-11-21'));
    expect(moved(await reconcile.execute())).toEqual([
      '2026-11-18 sealed',
      '2026-11-18 drawn',
      '2026-11-19 sealed',
      '2026-11-19 drawn',
      '2026-11-20 sealed',
      '2026-11-20 drawn',
    ]);
    expect(states()).toContain('2026-11-21 open');
  });

  it('draws what was sealed and could not be drawn', async () => {
    await lotteries.add(aLottery('2026-11-20', 'sealed'));
    expect(moved(await reconcile.execute())).toEqual(['2026-11-20 drawn']);
  });

  it('is held up by no day that fails, and reports it', async () => {
    for (const day of ['2026-11-18', '2026-11-19']) await lotteries.add(aLottery(day));
    drawing.faults.set('draw of 2026-11-18', new Error('broken'));
    const done = await reconcile.execute();
    expect(done.failed.map(({ date, error }) => `${date.toString()} ${String(error)}`)).toEqual([
      '2026-11-18 Error: broken',
    ]);
    expect(moved(done)).toEqual(['2026-11-19 sealed', '2026-11-19 drawn']);
  });

  it('closes at most a hundred days at a time', async () => {
    for (let day = 0; day < 101; day++) {
      await lotteries.add(aLottery(new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10), 'sealed'));
    }
    jest.spyOn(drawing, 'prepare').mockImplementation(async () => []);
    const asked = drawing.prepare as jest.Mock;
    await reconcile.execute();
    expect(asked).toHaveBeenCalledTimes(100);
  });

  it('reports nothing where midnight comes before today is opened: the next pass sees the new day', async () => {
    let isLate = false;
    jest.spyOn(clock, 'synchronise').mockImplementation(async () => {
      const time = new Date(isLate ? '2026-11-22T00:00:00.000Z' : '2026-11-21T23:59:59.999Z');
      isLate = true;
      return time;
    });
    const done = await reconcile.execute();
    expect([opened(done), done.failed]).toEqual([['2026-11-22'], []]);
  });
});
