import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppendBallots } from '../../../src/ballot/application/append-ballots';
import { Lotteries } from '../../../src/lottery/application/lotteries';
import { OpenLottery } from '../../../src/lottery/application/open-lottery';
import { LotteryDate } from '../../../src/lottery/domain/lottery-date';
import { DomainError } from '../../../src/shared/domain/domain-error';
import { whole } from './report';

const BATCH = 10_000;
const BATCHES_PER_LINE = 50;

/** A lottery with so many ballots, written by the application itself: rows, tree and checkpoints are real. */
export interface FilledLottery {
  readonly date: LotteryDate;
  readonly size: number;
}

/** The players submit in turn. */
export async function fillLottery(
  app: NestFastifyApplication,
  day: string,
  size: number,
  playerIds: readonly string[],
): Promise<FilledLottery> {
  const date = LotteryDate.parse(day);
  await app.get(OpenLottery, { strict: false }).openUnlessThere(date, 'operator');
  const drawId = await app.get<Lotteries>(Lotteries, { strict: false }).drawIdOf(date);
  const append = app.get(AppendBallots, { strict: false });
  const startedAt = Date.now();
  for (let filled = 0; filled < size; filled += BATCH) {
    const submissions = Array.from({ length: Math.min(BATCH, size - filled) }, (_, i) => {
      return { drawId, userId: playerIds[(filled + i) % playerIds.length] as string, idempotencyKey: null, count: 1 };
    });
    const outcomes = await append.execute(drawId, submissions);
    const refused = outcomes.find((outcome) => outcome instanceof DomainError);
    if (refused) throw refused;
    if ((filled / BATCH) % BATCHES_PER_LINE !== BATCHES_PER_LINE - 1) continue;
    console.log(
      `  ${whole(filled + BATCH)} of ${whole(size)} ballots after ${whole((Date.now() - startedAt) / 1_000)} s`,
    );
  }
  return { date, size };
}
