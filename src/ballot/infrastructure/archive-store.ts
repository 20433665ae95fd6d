import { join } from 'node:path';
import type { ServiceConfig } from '../../platform/config/service-config';
import { FileObjectStore } from '../../platform/objects/file-object-store';
import { ObjectStore } from '../../platform/objects/object-store';
import { S3ObjectStore } from '../../platform/objects/s3-object-store';
import type { ArchiveConfig } from './archive-config';

/** Where the files of the archive are: a folder or a bucket. All replicas see the same. */
export abstract class ArchiveStore extends ObjectStore {}

/** The configured store: the same for the archiver and for all readers. */
export function archiveStoreOf(config: ArchiveConfig, { DATA_DIR }: ServiceConfig): ArchiveStore {
  const { ARCHIVE_URL, ARCHIVE_REGION, ARCHIVE_ACCESS_KEY, ARCHIVE_SECRET_KEY, ARCHIVE_DIR } = config;
  if (ARCHIVE_URL === undefined) return new FileObjectStore(ARCHIVE_DIR ?? join(DATA_DIR, 'archive'));
  return new S3ObjectStore({
    url: ARCHIVE_URL,
    region: ARCHIVE_REGION,
    accessKeyId: ARCHIVE_ACCESS_KEY as string,
    secretAccessKey: ARCHIVE_SECRET_KEY as string,
  });
}
