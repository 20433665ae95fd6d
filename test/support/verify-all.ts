import type { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/migrations';
import { SCHEMA } from '../../migrations/schema';
import { ArchivedMonths } from '../../src/programs/archived-months';
import { FileObjectStore } from '../../src/platform/objects/file-object-store';
import { APP_ROLE } from '../../src/platform/database/app-role';
import type { Range } from '../../src/verification/application/records';
import { Tally } from '../../src/verification/application/tally';
import { VerifyRecords } from '../../src/verification/application/verify-records';
import type { Fault } from '../../src/verification/domain/fault';
import { MadeByMigrations, schemaOf } from '../../src/verification/domain/schema';
import { TrustedKeys } from '../../src/verification/domain/trusted-keys';
import { Snapshot } from '../../src/verification/infrastructure/snapshot';
import { SnapshotRecords } from '../../src/verification/infrastructure/snapshot-records';
import { VerifierCore } from '../../src/verification/infrastructure/verifier-core';

interface Means {
  readonly url: string;
  readonly key: string;
  readonly chain?: object;
  readonly range?: Range;
  /** Where old months are. */
  readonly archiveDir?: string;
}

/** What `npm run verify:all` does, in this process. */
export async function verifyAll(means: Means): Promise<{ fault: Fault | null; tally: Tally }> {
  const snapshot = await Snapshot.open({ url: means.url, role: APP_ROLE });
  try {
    return await verifyIn(snapshot, means);
  } finally {
    await snapshot.close();
  }
}

/** The same within a transaction of this client, edits that will never be committed included. */
export async function verifyWithin(client: Client, means: Means): ReturnType<typeof verifyAll> {
  return verifyIn(new (Snapshot as unknown as new (client: Client) => Snapshot)(client), means);
}

async function verifyIn(
  snapshot: Snapshot,
  { key, chain, range = { from: null, to: null }, archiveDir = '/nowhere' }: Means,
): ReturnType<typeof verifyAll> {
  const archive = ArchivedMonths.of(snapshot, new FileObjectStore(archiveDir));
  const records = await SnapshotRecords.within(snapshot, range, archive);
  const tally = new Tally();
  const core = await VerifierCore.load(chain ? [chain] : []);
  return {
    fault: await new VerifyRecords(records, new TrustedKeys([key]), core, await madeFor(records), tally).execute(),
    tally,
  };
}

/** Tests move the database's clock, which is a function of the schema: that one may be what it is. */
async function madeFor(records: SnapshotRecords): Promise<MadeByMigrations> {
  const migrations = MIGRATIONS.map(({ name }) => name);
  const clock = 'function database_time()';
  const { [clock]: moved = '' } = schemaOf((await records.schema()).facts);
  return { migrations, schema: { ...SCHEMA, [clock]: moved } };
}
