import { join } from 'node:path';
import type { Config } from '../../platform/config/config';
import type { ArchiveStore } from './archive-store';
import { FileArchiveStore } from './file-archive-store';
import { S3ArchiveStore } from './s3-archive-store';

/** The configured store: the same for the archiver and for all readers. */
export function archiveStoreOf(config: Config): ArchiveStore {
  const { ARCHIVE_URL, ARCHIVE_REGION, ARCHIVE_ACCESS_KEY, ARCHIVE_SECRET_KEY, ARCHIVE_DIR, DATA_DIR } = config;
  if (ARCHIVE_URL === undefined) return new FileArchiveStore(ARCHIVE_DIR ?? join(DATA_DIR, 'archive'));
  return new S3ArchiveStore({
    url: ARCHIVE_URL,
    region: ARCHIVE_REGION,
    accessKeyId: ARCHIVE_ACCESS_KEY as string,
    secretAccessKey: ARCHIVE_SECRET_KEY as string,
  });
}
