import type { DataSource } from 'typeorm';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { verifyNote } from '../../src/shared/domain/signed-note';

/** A log as a stranger would rebuild it, from nothing but the stored rows. */
export interface RebuiltLog {
  readonly lines: readonly string[];
  /** Base64. */
  readonly root: string;
}

export async function rebuildLog(dataSource: DataSource, drawId: string): Promise<RebuiltLog> {
  const rows = await dataSource.query<{ line: string }[]>(
    `select concat_ws(' ', index, id, encode(player, 'hex'),
       to_char(submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as line
     from ballots where draw_id = $1 order by index`,
    [drawId],
  );
  const lines = rows.map(({ line }) => line);
  return { lines, root: Frontier.empty.append(lines.map(leafHash)).frontier.root().toString('base64') };
}

/** The fields of a signed note's body that stand on lines `<name> <value>`. @throws Error on a false signature. */
export function fieldsOf(note: string, verifierKey: string): Readonly<Record<string, string>> {
  const body = verifyNote(note, verifierKey);
  if (body === null) throw new Error('the signature of the note is false');
  const lines = body.trimEnd().split('\n').slice(1);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
}
