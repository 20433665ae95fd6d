import { In } from 'typeorm';
import { invariant } from '../../shared/domain/invariant';
import type { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { BeaconChain } from '../domain/beacon-chain';
import { BeaconChainRow, beaconChainsTable } from './draws.table';

/** The chains that draws are bound to. A recorded chain never changes, so it is cached. */
export class TypeOrmBeaconChains {
  private readonly known = new Map<string, BeaconChain>();

  constructor(private readonly work: TypeOrmUnitOfWork) {}

  async record({ hash, publicKey, genesis, period, scheme }: BeaconChain): Promise<void> {
    const row = {
      hash: Buffer.from(hash, 'hex'),
      publicKey: Buffer.from(publicKey, 'hex'),
      genesisSeconds: String(genesis),
      periodSeconds: period,
      scheme,
    };
    await this.work.writer.createQueryBuilder().insert().into(beaconChainsTable).values(row).orIgnore().execute();
  }

  /** Reads those of these chains that are not known yet. */
  async learn(hashes: readonly Buffer[]): Promise<void> {
    const unknown = new Map(hashes.map((hash) => [hash.toString('hex'), hash]));
    for (const hash of this.known.keys()) unknown.delete(hash);
    if (unknown.size === 0) return;
    const rows = await this.work.reader.find(beaconChainsTable, { where: { hash: In([...unknown.values()]) } });
    for (const row of rows) this.known.set(row.hash.toString('hex'), fromRow(row));
  }

  get(hash: Buffer): BeaconChain {
    const chain = this.known.get(hash.toString('hex'));
    invariant(chain, 'a draw is bound to a recorded chain');
    return chain;
  }
}

function fromRow({ hash, publicKey, genesisSeconds, periodSeconds, scheme }: BeaconChainRow): BeaconChain {
  return new BeaconChain(
    hash.toString('hex'),
    publicKey.toString('hex'),
    Number(genesisSeconds),
    periodSeconds,
    scheme as BeaconChain['scheme'],
  );
}
