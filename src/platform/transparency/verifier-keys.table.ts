import { EntitySchema } from 'typeorm';
import type { KnownKey } from '../../shared/application/verifier-keys';
import { APPEND, Rights } from '../database/rights';

export const verifierKeysTable = new EntitySchema<KnownKey>({
  name: 'verifier_keys',
  columns: {
    verifierKey: {
      name: 'verifier_key',
      type: 'text',
      primary: true,
      primaryKeyConstraintName: 'verifier_keys_pk',
    },
    knownSince: { name: 'known_since', type: 'timestamptz' },
  },
});

export const verifierKeyRights: Rights = { verifier_keys: APPEND };
