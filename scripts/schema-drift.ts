import { createDataSource } from '../src/data-source';

/** What the migrated database at this URL still lacks of the schemas in the code: the statements that would add it. */
export async function schemaDrift(url: string): Promise<string[]> {
  const dataSource = await createDataSource({ url, poolSize: 2 }).initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await dataSource.destroy();
  }
}
