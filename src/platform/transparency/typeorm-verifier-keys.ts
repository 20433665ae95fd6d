import { Injectable, OnModuleInit } from '@nestjs/common';
import { NoteSigner } from '../../shared/application/note-signer';
import { KnownKey, VerifierKeys } from '../../shared/application/verifier-keys';
import { namesKey } from '../../shared/domain/signed-note';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';
import { verifierKeysTable } from './verifier-keys.table';

const RECORD = `
  insert into verifier_keys (verifier_key, known_since) select key, database_time() from unnest($1::text[]) as key
  on conflict do nothing`;

@Injectable()
export class TypeOrmVerifierKeys extends VerifierKeys implements OnModuleInit {
  constructor(
    private readonly signer: NoteSigner,
    private readonly work: TypeOrmUnitOfWork,
  ) {
    super();
  }

  /** Runs before anything is signed with them. */
  async onModuleInit(): Promise<void> {
    await this.work.run(() => this.work.writer.query(RECORD, [this.signer.verifierKeys]));
  }

  async all(): Promise<readonly KnownKey[]> {
    return this.work.reader.find(verifierKeysTable, { order: { knownSince: 'ASC', verifierKey: 'ASC' } });
  }

  async of(note: string): Promise<string> {
    const { verifierKey: current } = this.signer;
    if (namesKey(note, current)) return current;
    return (await this.all()).find(({ verifierKey }) => namesKey(note, verifierKey))?.verifierKey ?? current;
  }
}
