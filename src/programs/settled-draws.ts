import { SettledDraws } from '../ballot/application/archivable-ballots';
import type { Sql } from '../ballot/infrastructure/archive-catalog';
import { noteBody } from '../shared/domain/signed-note';

/** Only the owner of a draw, a lottery or a pool, records that it is void. */
const SETTLED = `
  select draws.id, seal_note as note from draws
  left join lotteries on lotteries.draw_id = draws.id and lotteries.state = 'void'
  left join pools on pools.id = draws.id and pools.state = 'void'
  where draws.id = any($1) and seal_note is not null
    and (draw_note is not null or lotteries.draw_id is not null or pools.id is not null)`;

/** Finds settled draws in the tables of draws, lotteries and pools. */
export class SettledDrawsOfOwners extends SettledDraws {
  constructor(private readonly sql: Sql) {
    super();
  }

  async sealedRoots(drawIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.sql.query<{ id: string; note: string }[]>(SETTLED, [drawIds]);
    return new Map(rows.map(({ id, note }) => [id, /^root (\S+)$/m.exec(noteBody(note))?.[1] ?? '']));
  }
}
