import type { DataSource } from 'typeorm';

/** A hand at the database that means it: as the owner, with all triggers off. */
export async function meddle(dataSource: DataSource, sql: string, parameters: unknown[] = []): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await manager.query('set local session_replication_role = replica');
    await manager.query(sql, parameters);
  });
}
