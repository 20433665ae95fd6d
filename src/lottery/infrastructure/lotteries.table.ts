import { EntitySchema } from 'typeorm';
import { APPEND, Rights, update } from '../../platform/database/rights';
import type { LotteryState } from '../domain/lottery';

export interface LotteryRow {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly drawId: string;
  readonly state: LotteryState;
}

export const lotteriesTable = new EntitySchema<LotteryRow>({
  name: 'lotteries',
  columns: {
    date: { type: 'date', primary: true, primaryKeyConstraintName: 'lotteries_pk' },
    drawId: { name: 'draw_id', type: 'uuid' },
    state: { type: 'text' },
  },
  uniques: [{ name: 'lotteries_draw_unique', columns: ['drawId'] }],
  indices: [{ name: 'lotteries_by_state', columns: ['state', 'date'] }],
  checks: [{ name: 'lotteries_state_known', expression: "state in ('open', 'sealed', 'drawn', 'void')" }],
});

export const lotteryRights: Rights = {
  lotteries: [...APPEND, ...update('state')],
};
