import type { Snapshot } from './snapshot';

const FIRST_OF_ALL = '00000000-0000-0000-0000-000000000000';
const LAST_OF_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Draws whose ids lie between two ids, both included. UUIDs in lower case sort like their text. */
export class DrawBounds {
  static readonly all = new DrawBounds(FIRST_OF_ALL, LAST_OF_ALL);
  private static readonly none = new DrawBounds(LAST_OF_ALL, FIRST_OF_ALL);

  private constructor(
    readonly first: string,
    readonly last: string,
  ) {}

  /** From the first to the last of the draws for which this SQL holds. */
  static async around(snapshot: Snapshot, wanted: string): Promise<DrawBounds> {
    const edge = async (order: string) => {
      const sql = `select draws.id from draws left join lotteries on draw_id = draws.id
        where ${wanted} order by draws.id ${order} limit 1`;
      return (await snapshot.query<{ id: string }>(sql))[0]?.id;
    };
    const [first, last] = [await edge('asc'), await edge('desc')];
    return first && last ? new DrawBounds(first, last) : DrawBounds.none;
  }

  /** SQL: whether the id in this column lies between them. */
  within(column: string): string {
    return this === DrawBounds.all ? 'true' : `${column} between '${this.first}' and '${this.last}'`;
  }

  include({ drawId }: { readonly drawId: string }): boolean {
    return drawId >= this.first && drawId <= this.last;
  }
}
