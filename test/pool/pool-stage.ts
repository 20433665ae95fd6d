import { AwardPools } from '../../src/pool/application/award-pools';
import { ClosePools } from '../../src/pool/application/close-pools';
import { EnterStakes } from '../../src/pool/application/enter-stakes';
import { TakeStakes } from '../../src/pool/application/take-stakes';
import { FakeBallots, FakeLogAppending } from '../ballot/fakes';
import { FakeDrawing, FakeDrawOpening, FakeDrawSealing } from '../draw/fakes';
import { FakeClock, FakeIds, FakeInbox, FakeOutbox, FakeUnitOfWork } from '../shared/fakes';
import { FakePoolEntries, FakePoolPlayers, FakePoolRuleBook, FakePools } from './fakes';

/** Stakes are taken, and all that they touch is a fake. */
export class PoolStage {
  readonly clock = new FakeClock();
  readonly book = new FakePoolRuleBook();
  readonly pools = new FakePools(this.book);
  readonly entries = new FakePoolEntries();
  readonly inbox = new FakeInbox();
  readonly outbox = new FakeOutbox();
  readonly ballots = new FakeBallots();
  readonly opening = new FakeDrawOpening();
  readonly sealing = new FakeDrawSealing();
  readonly drawing = new FakeDrawing(this.ballots);
  readonly work = new FakeUnitOfWork([
    this.book,
    this.pools,
    this.entries,
    this.inbox,
    this.outbox,
    this.ballots,
    this.opening,
    this.sealing,
    this.drawing,
  ]);
  private readonly ids = new FakeIds();
  readonly award = new AwardPools(this.drawing, this.ballots, this.pools, this.ids);
  private readonly enter = new EnterStakes(
    this.opening,
    new FakeLogAppending(this.ballots),
    this.entries,
    this.ids,
    this.clock,
  );
  private readonly close = new ClosePools(this.sealing, this.award, this.pools, this.outbox);
  readonly stakes = new TakeStakes(this.work, this.inbox, new FakePoolPlayers(), this.pools, this.enter, this.close);

  /** Pools, oldest first, as `state entries/size`. */
  states(): string[] {
    return this.pools.all().map(({ state, facts }) => `${state} ${facts.entries}/${facts.size}`);
  }

  announced(): string[] {
    return this.outbox.rows.map(({ type }) => type);
  }
}
