import { Injectable } from '@nestjs/common';
import { Any } from 'typeorm';
import { invariant } from '../../shared/domain/invariant';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { CommittedDraw, Draws } from '../application/draws';
import { Draw } from '../domain/draw';
import { exclusionList } from '../domain/statements';
import { DrawRow, drawSecretsTable, drawsTable } from './draws.table';
import { TypeOrmBeaconChains } from './typeorm-beacon-chains';

const ADD = `
  with secrets as (
    insert into draw_secrets (draw_id, secret) select * from unnest($1::uuid[], $10::bytea[])
  )
  insert into draws (id, name, opens_at, closes_at, full_size, winners, open_note, beacon_chain, open_round)
  select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::int[], $7::text[],
    $8::bytea[], $9::bigint[])`;

const STORE_SEALS = `
  update draws
  set seal_note = seal.note, sealed_at = seal.at, trigger = seal.trigger, exclusions = seal.exclusions,
    seal_round = seal.round
  from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::bigint[])
    as seal (draw_id, note, at, trigger, exclusions, round)
  where id = seal.draw_id and seal_note is null`;

/** In the order of the ids, so that replicas with the same answer wait for each other but never deadlock. */
const STORE_SIGNATURE = `
  with waiting as (
    select id from draws where id = any($1) and beacon_signature is null order by id for update
  )
  update draws set beacon_signature = $2 from waiting where draws.id = waiting.id and beacon_signature is null`;

const STORE_RESULTS = `
  update draws set draw_note = result.note, drawn_at = result.at, winner_indexes = result.winners::bigint[]
  from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[]) as result (draw_id, note, at, winners)
  where id = result.draw_id and draw_note is null`;

@Injectable()
export class TypeOrmDraws extends Draws {
  private readonly chains: TypeOrmBeaconChains;

  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
    this.chains = new TypeOrmBeaconChains(work);
  }

  async add(draws: readonly CommittedDraw[]): Promise<void> {
    const openings = draws.map(({ draw }) => draw.opening);
    const chains = new Map(openings.flatMap(({ beacon }) => (beacon ? [[beacon.chain.hash, beacon.chain]] : [])));
    for (const chain of chains.values()) await this.chains.record(chain);
    await this.work.writer.query(ADD, [
      draws.map(({ draw }) => draw.id),
      openings.map(({ name }) => name),
      openings.map(({ opensAt }) => opensAt),
      openings.map(({ closes }) => (closes instanceof Date ? closes : null)),
      openings.map(({ closes }) => (closes instanceof Date ? null : closes.whenFull)),
      openings.map(({ winners }) => winners),
      openings.map(({ note }) => note),
      openings.map(({ beacon }) => beacon && Buffer.from(beacon.chain.hash, 'hex')),
      openings.map(({ beacon }) => beacon && beacon.round),
      draws.map(({ secret }) => secret),
    ]);
  }

  async get(drawIds: readonly string[]): Promise<readonly Draw[]> {
    const draws = await this.find(drawIds);
    return drawIds.map((drawId) => {
      const draw = draws.get(drawId);
      invariant(draw, `draw ${drawId} exists`);
      return draw;
    });
  }

  async find(drawIds: readonly string[]): Promise<ReadonlyMap<string, Draw>> {
    const rows = await this.work.reader.find(drawsTable, { where: { id: Any(drawIds) } });
    await this.chains.learn(rows.flatMap(({ beaconChain }) => beaconChain ?? []));
    return new Map(rows.map((row) => [row.id, this.fromRow(row)]));
  }

  async committed(drawIds: readonly string[]): Promise<readonly CommittedDraw[]> {
    const draws = await this.get(drawIds);
    const rows = await this.work.reader.find(drawSecretsTable, { where: { drawId: Any(drawIds) } });
    const secrets = new Map(rows.map(({ drawId, secret }) => [drawId, secret]));
    return draws.map((draw) => {
      const secret = secrets.get(draw.id);
      invariant(secret, `draw ${draw.id} has a secret`);
      return { draw, secret };
    });
  }

  async storeSeals(draws: readonly Draw[]): Promise<void> {
    const seals = draws.map(({ seal }) => {
      invariant(seal, 'a seal is stored where there is one');
      return seal;
    });
    const [, stored] = await this.work.writer.query<[unknown, number]>(STORE_SEALS, [
      draws.map(({ id }) => id),
      seals.map(({ note }) => note),
      seals.map(({ sealedAt }) => sealedAt),
      seals.map(({ trigger }) => trigger),
      seals.map(({ exclusions }) => exclusionList(exclusions)),
      seals.map(({ round }) => round),
    ]);
    invariant(stored === draws.length, 'each draw is sealed once');
  }

  async storeBeaconSignature(drawIds: readonly string[], signature: Buffer): Promise<void> {
    await this.work.writer.query(STORE_SIGNATURE, [drawIds, signature]);
  }

  async storeResults(draws: readonly Draw[]): Promise<void> {
    const results = draws.map(({ result }) => {
      invariant(result, 'a result is stored where there is one');
      return result;
    });
    const [, stored] = await this.work.writer.query<[unknown, number]>(STORE_RESULTS, [
      draws.map(({ id }) => id),
      results.map(({ note }) => note),
      results.map(({ drawnAt }) => drawnAt),
      results.map(({ winnerIndexes }) => `{${winnerIndexes.join(',')}}`),
    ]);
    invariant(stored === draws.length, 'each draw is drawn once');
  }

  private fromRow(row: DrawRow): Draw {
    const { name, opensAt, closesAt, fullSize, winners, openNote, beaconChain, openRound } = row;
    const closes = closesAt ?? { whenFull: fullSize as number };
    const beacon = beaconChain && { chain: this.chains.get(beaconChain), round: toNumber(openRound) };
    const opening = { name, opensAt, closes, winners, beacon, note: openNote };
    return new Draw(row.id, opening, sealOf(row), row.beaconSignature, resultOf(row));
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

function toNumber(value: string | null): number | null {
  return value === null ? null : Number(value);
}
