import { ArchivedMonths } from '../../src/programs/archived-months';
import { FileObjectStore } from '../../src/platform/objects/file-object-store';
import { APP_ROLE } from '../../src/platform/database/app-role';
import type { Range } from '../../src/verification/application/records';
import { Tally } from '../../src/verification/application/tally';
import { VerifyRecords } from '../../src/verification/application/verify-records';
import type { Fault } from '../../src/verification/domain/fault';
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
export async function verifyAll({
  url,
  key,
  chain,
  range = { from: null, to: null },
  archiveDir = '/nowhere',
}: Means): Promise<{ fault: Fault | null; tally: Tally }> {
  const snapshot = await Snapshot.open({ url, role: APP_ROLE });
  try {
    const archive = ArchivedMonths.of(snapshot, new FileObjectStore(archiveDir));
    const records = await SnapshotRecords.within(snapshot, range, archive);
    const tally = new Tally();
    const core = await VerifierCore.load(chain ? [chain] : []);
    return { fault: await new VerifyRecords(records, new TrustedKeys([key]), core, tally).execute(), tally };
  } finally {
    await snapshot.close();
  }
}
