import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { invariant } from '../../shared/domain/invariant';
import { TypeOrmUnitOfWork } from '../../shared/infrastructure/typeorm-unit-of-work';
import { Draws } from '../application/draws';
import { BeaconChain } from '../domain/beacon-chain';
import { Draw } from '../domain/draw';
import { exclusionList } from '../domain/statements';
import { BeaconChainRow, beaconChainsTable, DrawRow, drawSecretsTable, drawsTable } from './draws.table';

@Injectable()
export class TypeOrmDraws extends Draws {
  /** A recorded chain never changes. */
  private readonly chains = new Map<string, BeaconChain>();

  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async add({ id, opening }: Draw, secret: Buffer): Promise<void> {
    const { name, opensAt, closesAt, winners, note, beacon } = opening;
    if (beacon) await this.record(beacon.chain);
    await this.work.writer.insert(drawsTable, {
      id,
      name,
      opensAt,
      closesAt,
      winners,
      openNote: note,
      beaconChain: beacon && Buffer.from(beacon.chain.hash, 'hex'),
      openRound: toText(beacon && beacon.round),
    });
    await this.work.writer.insert(drawSecretsTable, { drawId: id, secret });
  }

  async get(drawId: string): Promise<Draw> {
    const draw = (await this.find([drawId])).get(drawId);
    invariant(draw, `draw ${drawId} exists`);
    return draw;
  }

  async find(drawIds: readonly string[]): Promise<ReadonlyMap<string, Draw>> {
    const rows = await this.work.reader.find(drawsTable, { where: { id: In(drawIds) } });
    await this.learnChains(rows.flatMap(({ beaconChain }) => beaconChain ?? []));
    return new Map(rows.map((row) => [row.id, this.fromRow(row)]));
  }

  async secretOf(drawId: string): Promise<Buffer> {
    const row = await this.work.reader.findOne(drawSecretsTable, { where: { drawId } });
    invariant(row, `draw ${drawId} has a secret`);
    return row.secret;
  }

  async storeSeal({ id, seal }: Draw): Promise<void> {
    invariant(seal, 'a seal is stored where there is one');
    const { note, sealedAt, trigger, round } = seal;
    const { affected } = await this.work.writer.update(
      drawsTable,
      { id, sealNote: IsNull() },
      {
        sealNote: note,
        sealedAt,
        trigger,
        exclusions: exclusionList(seal.exclusions),
        sealRound: toText(round),
      },
    );
    invariant(affected === 1, `draw ${id} is sealed once`);
  }

  async storeBeaconSignature(drawId: string, signature: Buffer): Promise<void> {
    await this.work.writer.update(
      drawsTable,
      { id: drawId, beaconSignature: IsNull() },
      { beaconSignature: signature },
    );
  }

  async storeResult({ id, result }: Draw): Promise<void> {
    invariant(result, 'a result is stored where there is one');
    const { affected } = await this.work.writer.update(
      drawsTable,
      { id, drawNote: IsNull() },
      { drawNote: result.note, drawnAt: result.drawnAt, winnerIndexes: result.winnerIndexes.map(String) },
    );
    invariant(affected === 1, `draw ${id} is drawn once`);
  }

  private async record({ hash, publicKey, genesis, period, scheme }: BeaconChain): Promise<void> {
    const row = {
      hash: Buffer.from(hash, 'hex'),
      publicKey: Buffer.from(publicKey, 'hex'),
      genesisSeconds: String(genesis),
      periodSeconds: period,
      scheme,
    };
    await this.work.writer.createQueryBuilder().insert().into(beaconChainsTable).values(row).orIgnore().execute();
  }

  private async learnChains(hashes: readonly Buffer[]): Promise<void> {
    const unknown = hashes.filter((hash) => !this.chains.has(hash.toString('hex')));
    if (unknown.length === 0) return;
    const rows = await this.work.reader.find(beaconChainsTable, { where: { hash: In(unknown) } });
    for (const row of rows) this.chains.set(row.hash.toString('hex'), chainFromRow(row));
  }

  private fromRow(row: DrawRow): Draw {
    const { name, opensAt, closesAt, winners, openNote, beaconChain, openRound } = row;
    const beacon = beaconChain && { chain: this.chainOf(beaconChain), round: toNumber(openRound) };
    const opening = { name, opensAt, closesAt, winners, beacon, note: openNote };
    return new Draw(row.id, opening, sealOf(row), row.beaconSignature, resultOf(row));
  }

  private chainOf(hash: Buffer): BeaconChain {
    const chain = this.chains.get(hash.toString('hex'));
    invariant(chain, 'a draw is bound to a recorded chain');
    return chain;
  }
}

function sealOf({ sealNote, sealedAt, exclusions, trigger, sealRound }: DrawRow): Draw['seal'] {
  if (sealNote === null || sealedAt === null || exclusions === null || trigger === null) return null;
  const round = toNumber(sealRound);
  return { sealedAt, trigger, exclusions: exclusions.split('\n').slice(0, -1), round, note: sealNote };
}

function resultOf({ drawNote, drawnAt, winnerIndexes }: DrawRow): Draw['result'] {
  if (drawNote === null || drawnAt === null || winnerIndexes === null) return null;
  return { drawnAt, winnerIndexes: winnerIndexes.map(Number), note: drawNote };
}

function chainFromRow({ hash, publicKey, genesisSeconds, periodSeconds, scheme }: BeaconChainRow): BeaconChain {
  return new BeaconChain(
    hash.toString('hex'),
    publicKey.toString('hex'),
    Number(genesisSeconds),
    periodSeconds,
    scheme as BeaconChain['scheme'],
  );
}

function toNumber(value: string | null): number | null {
  return value === null ? null : Number(value);
}

function toText(value: number | null): string | null {
  return value === null ? null : String(value);
}
