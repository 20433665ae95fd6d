import { EntitySchema } from 'typeorm';
import type { KnownKey } from '../../shared/application/verifier-keys';
import { APPEND, Rights } from '../database/rights';

export const verifierKeysTable = new EntitySchema<KnownKey & { readonly entry: string }>({
  name: 'verifier_keys',
  columns: {
    verifierKey: {
      name: 'verifier_key',
      type: 'text',
      primary: true,
      primaryKeyConstraintName: 'verifier_keys_pk',
    },
    knownSince: { name: 'known_since', type: 'timestamptz' },
    /** The place in the audit log of the entry that tells of it; int8 arrives as text. */
    entry: { type: 'int8' },
  },
});

export const verifierKeyRights: Rights = { verifier_keys: APPEND };
