import { hashesOf } from '../../shared/application/merkle-proofs';
import { inclusionRanges } from '../../shared/domain/merkle-proof';
import { checkChain, checkStatements, drawRow, lineOf, Statements } from '../domain/draw-statements';
import { demand, Fault } from '../domain/fault';
import { checkLottery, checkPool } from '../domain/lottery-and-pool';
import { RankCount } from '../domain/rank-count';
import type { ChainRow, DrawRow } from '../domain/rows';
import { hexOf } from '../domain/stored-texts';
import type { TrustedKeys } from '../domain/trusted-keys';
import { CheckedLog, CheckLog } from './check-log';
import type { DrawVerifier } from './draw-verifier';
import type { Records } from './records';
import type { Tally } from './tally';

/**
 * Checks everything about one draw: its statements, its ballots and their tree, its result, and its lottery or pool.
 */
export class CheckDraw {
  private readonly log: CheckLog;

  constructor(
    private readonly records: Records,
    private readonly keys: TrustedKeys,
    private readonly verifier: DrawVerifier,
    private readonly tally: Tally,
  ) {
    this.log = new CheckLog(records, keys, tally);
  }

  /** @throws Fault */
  async execute(draw: DrawRow): Promise<void> {
    try {
      await this.check(draw);
    } catch (error) {
      throw error instanceof Fault ? error.of(subjectOf(draw)) : error;
    }
  }

  private async check(draw: DrawRow): Promise<void> {
    const { log: logRow, lottery, pool } = draw;
    demand((lottery === null) !== (pool === null), 'draw', drawRow(draw), 'it is not that of one lottery or pool');
    demand(logRow, 'log', { table: 'ballot_logs', key: { draw_id: draw.id } }, 'it is missing');
    checkChain(draw, this.verifier.chains);
    const statements = checkStatements(draw, this.keys);
    const candidates = statements.candidates.map(({ index }) => index);
    const ranks = statements.hasMissed ? new RankCount() : null;
    const log = await this.log.execute(draw, logRow, { exclusions: statements.exclusions, candidates, ranks });
    if (statements.seal) await this.checkSealed(draw, statements, log);
    const stakesMinor = await this.stakesOf(draw.id, log.tree.size, pool !== null);
    const winnerUserIds = winnersOf(draw).map((index) => log.list.wanted.get(index)?.userId ?? '');
    const counted = { size: log.tree.size, winnable: log.list.eligible > 0, winnerUserIds, stakesMinor };
    if (lottery) checkLottery(draw, lottery, counted);
    if (pool) checkPool(draw, pool, counted);
    this.tally.add('draws', 1);
    this.tally.add(lottery ? 'lotteries' : 'pools', 1);
  }

  /** The stand-alone verifier gets exactly what strangers would get. */
  private async checkSealed(draw: DrawRow, statements: Statements, log: CheckedLog): Promise<void> {
    const size = lineOf(statements.seal?.body ?? '', 'size');
    const isWhole = size === String(log.tree.size);
    demand(isWhole, 'seal', drawRow(draw), `seal_note names ${size} ballots, the log has ${log.tree.size}`);
    const eligible = lineOf(statements.seal?.body ?? '', 'eligible');
    const isCounted = statements.version === '1' || eligible === String(log.list.eligible);
    demand(isCounted, 'seal', drawRow(draw), `seal_note names ${eligible} eligible ballots of ${log.list.eligible}`);
    const wanted = Number(draw.winners);
    const unranked = log.list.ranks?.fault(statements.ranks, winnersOf(draw), statements.exclusions, wanted);
    if (unranked) throw new Fault('ranks', drawRow(draw), unranked);
    const json = JSON.stringify(await bundleOf(draw, statements, log));
    const chainHash = draw.beaconChain && hexOf(draw.beaconChain);
    const failure = await this.verifier.verify({ json, key: statements.open.key, chainHash });
    if (failure) throw new Fault(failure.step, drawRow(draw), failure.reason);
  }

  /** One entry for each ballot of a pool, in order, and none for other draws. */
  private async stakesOf(drawId: string, size: number, isPool: boolean): Promise<bigint> {
    let [sum, count] = [0n, 0];
    for await (const rows of this.records.entries.of(drawId)) {
      for (const { index, stakeMinor } of rows) {
        const row = (at: number | string) => ({ table: 'pool_entries', key: { pool_id: drawId, index: at } });
        demand(isPool && count < size, 'entries', row(index), 'its pool has no such ballot');
        demand(index === String(count), 'entries', row(count), 'it is missing');
        sum += BigInt(stakeMinor);
        count++;
      }
      this.tally.add('entries', rows.length);
    }
    const missing = { table: 'pool_entries', key: { pool_id: drawId, index: count } };
    demand(!isPool || count === size, 'entries', missing, 'it is missing');
    return sum;
  }
}

async function bundleOf(
  draw: DrawRow,
  { version, open, candidates }: Statements,
  { tree, list, checkpoint }: CheckedLog,
) {
  const lines = candidates.map(({ index }) => list.wanted.get(index)?.line ?? '');
  const proofs = candidates.map(async ({ index }) => {
    if (index >= tree.size) return [];
    return hashesOf(inclusionRanges(index, tree.size), async (spans) => tree.read(spans));
  });
  const hashes = await Promise.all(proofs);
  return {
    format: `lottery-bundle/v${version}`,
    verifierKey: open.key,
    open: draw.openNote,
    seal: draw.sealNote,
    draw: draw.drawNote,
    checkpoint,
    exclusions: draw.exclusions,
    beacon: draw.chain && draw.drawNote !== null ? beaconOf(draw, draw.chain) : null,
    candidates: candidates.map(({ block }, i) => {
      return { j: block, line: lines[i], proof: (hashes[i] ?? []).map((hash) => hash.toString('hex')) };
    }),
  };
}

function beaconOf({ sealRound, beaconSignature }: DrawRow, chain: ChainRow) {
  return {
    chainHash: hexOf(chain.hash),
    publicKey: hexOf(chain.publicKey),
    genesis: Number(chain.genesisSeconds),
    period: Number(chain.periodSeconds),
    scheme: chain.scheme,
    round: Number(sealRound),
    signature: hexOf(beaconSignature ?? ''),
  };
}

function winnersOf({ winnerIndexes }: DrawRow): number[] {
  return winnerIndexes === null ? [] : (winnerIndexes.match(/\d+/g) ?? []).map(Number);
}

function subjectOf({ id, lottery, pool }: DrawRow): string {
  if (lottery) return `lottery ${lottery.date} (draw ${id})`;
  return pool ? `pool ${id}` : `draw ${id}`;
}
