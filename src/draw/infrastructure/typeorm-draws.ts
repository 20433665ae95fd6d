import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { invariant } from '../../shared/domain/invariant';
import { TypeOrmUnitOfWork } from '../../shared/infrastructure/typeorm-unit-of-work';
import { Draws } from '../application/draws';
import { Draw } from '../domain/draw';
import { exclusionList } from '../domain/statements';
import { DrawRow, drawSecretsTable, drawsTable } from './draws.table';

@Injectable()
export class TypeOrmDraws extends Draws {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async add(draw: Draw, secret: Buffer): Promise<void> {
    const { id, name, opensAt, closesAt, winners, openNote } = draw;
    await this.work.writer.insert(drawsTable, { id, name, opensAt, closesAt, winners, openNote });
    await this.work.writer.insert(drawSecretsTable, { drawId: id, secret });
  }

  async get(drawId: string): Promise<Draw> {
    const draw = (await this.find([drawId])).get(drawId);
    invariant(draw, `draw ${drawId} exists`);
    return draw;
  }

  async find(drawIds: readonly string[]): Promise<ReadonlyMap<string, Draw>> {
    const rows = await this.work.reader.find(drawsTable, { where: { id: In(drawIds) } });
    return new Map(rows.map((row) => [row.id, fromRow(row)]));
  }

  async secretOf(drawId: string): Promise<Buffer> {
    const row = await this.work.reader.findOne(drawSecretsTable, { where: { drawId } });
    invariant(row, `draw ${drawId} has a secret`);
    return row.secret;
  }

  async storeSeal({ id, seal }: Draw): Promise<void> {
    invariant(seal, 'a seal is stored where there is one');
    const { affected } = await this.work.writer.update(
      drawsTable,
      { id, sealNote: IsNull() },
      { sealNote: seal.note, sealedAt: seal.sealedAt, exclusions: exclusionList(seal.exclusions) },
    );
    invariant(affected === 1, `draw ${id} is sealed once`);
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
}

function fromRow(row: DrawRow): Draw {
  const { sealNote, sealedAt, exclusions, drawNote, drawnAt, winnerIndexes } = row;
  const seal =
    sealNote === null || sealedAt === null || exclusions === null
      ? null
      : { note: sealNote, sealedAt, exclusions: exclusions.split('\n').slice(0, -1) };
  const result =
    drawNote === null || drawnAt === null || winnerIndexes === null
      ? null
      : { note: drawNote, drawnAt, winnerIndexes: winnerIndexes.map(Number) };
  return new Draw(row.id, row.name, row.opensAt, row.closesAt, row.winners, row.openNote, seal, result);
}
