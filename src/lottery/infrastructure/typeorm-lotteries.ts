import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { Page, pageOf, PageRequest } from '../../shared/application/page';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Remembered } from '../../platform/retry/remembered';
import { Lotteries } from '../application/lotteries';
import { LotteryNotFound } from '../domain/errors';
import { Lottery, LotteryState } from '../domain/lottery';
import { LotteryDate } from '../domain/lottery-date';
import { LotteryRow, lotteriesTable } from './lotteries.table';

/** Ten years of days. */
const MAX_REMEMBERED = 3_660;

@Injectable()
export class TypeOrmLotteries extends Lotteries {
  private readonly drawIds = new Remembered<string>(MAX_REMEMBERED);

  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async add({ date, drawId, state }: Lottery): Promise<boolean> {
    const added = await this.work.writer.query<unknown[]>(
      'insert into lotteries (date, draw_id, state) values ($1, $2, $3) on conflict (date) do nothing returning date',
      [date.toString(), drawId, state],
    );
    return added.length === 1;
  }

  async get(date: LotteryDate): Promise<Lottery> {
    const row = await this.work.reader.findOne(lotteriesTable, { where: { date: date.toString() } });
    if (!row) throw new LotteryNotFound(date);
    return fromRow(row);
  }

  async lock(date: LotteryDate): Promise<Lottery> {
    const row = await this.work.writer.findOne(lotteriesTable, {
      where: { date: date.toString() },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw new LotteryNotFound(date);
    return fromRow(row);
  }

  async storeState({ date, state }: Lottery): Promise<void> {
    await this.work.writer.update(lotteriesTable, { date: date.toString() }, { state });
  }

  /** A crowd at midnight asks the database once. */
  drawIdOf(date: LotteryDate): Promise<string> {
    return this.drawIds.get(date.toString(), async () => (await this.get(date)).drawId);
  }

  async datesOf(drawIds: readonly string[]): Promise<ReadonlyMap<string, LotteryDate>> {
    const rows = await this.work.reader.find(lotteriesTable, { where: { drawId: In(drawIds) } });
    return new Map(rows.map((row) => [row.drawId, LotteryDate.stored(row.date)]));
  }

  async page(state: LotteryState | null, { cursor, limit }: PageRequest): Promise<Page<Lottery>> {
    const rows = await this.work.reader.find(lotteriesTable, {
      where: { ...(state === null ? {} : { state }), ...(cursor === null ? {} : { date: LessThan(cursor) }) },
      order: { date: 'DESC' },
      take: limit + 1,
    });
    return pageOf(rows.map(fromRow), limit, ({ date }) => date.toString());
  }

  async due(today: LotteryDate, limit: number): Promise<readonly LotteryDate[]> {
    const rows = await this.work.reader.find(lotteriesTable, {
      where: [{ state: 'open', date: LessThan(today.toString()) }, { state: 'sealed' }],
      order: { date: 'ASC' },
      take: limit,
    });
    return rows.map((row) => LotteryDate.stored(row.date));
  }
}

function fromRow({ date, drawId, state }: LotteryRow): Lottery {
  return new Lottery(LotteryDate.stored(date), drawId, state);
}
