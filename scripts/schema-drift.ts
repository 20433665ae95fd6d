import { createDataSource } from '../src/data-source';
import { Schema, schemaOf } from '../src/verification/domain/schema';
import { schemaFacts } from '../src/verification/infrastructure/schema-facts';

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

/** What the migrated database at this URL has, as `migrations/schema.ts` should say it. */
export async function migratedSchema(url: string): Promise<Schema> {
  const dataSource = await createDataSource({ url, poolSize: 1 }).initialize();
  try {
    return schemaOf(await schemaFacts(dataSource));
  } finally {
    await dataSource.destroy();
  }
}
