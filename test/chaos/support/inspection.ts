import type { DataSource } from 'typeorm';
import { Frontier } from '../../../src/shared/domain/merkle-tree';
import { verifyNote } from '../../../src/shared/domain/signed-note';
import { verify } from '../../../verifier/core/verify.mjs';
import type { LotteryBody, Receipt } from '../../support/lottery-client';
import { fieldsOf, rebuildLog, RebuiltLog } from '../../support/sealed-tree';
import { consistent } from '../../support/verify-proof';
import type { AcknowledgementBook, Entry } from './acknowledgement-book';
import type { Stage } from './stage';

const PROOFS_AT_ONCE = 16;

/** A tree that a receipt promises. */
interface Checkpoint {
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

interface StoredLog {
  readonly drawId: string;
  readonly size: string;
  readonly frontier: Buffer;
  readonly keys: string;
}

/** Compares what the players were told with what a closed lottery is; says what is wrong. */
export async function inspectLottery(stage: Stage, book: AcknowledgementBook, date: string): Promise<string[]> {
  const told = book.read(date);
  const key = (await stage.read('/verifier-key')).trim();
  const lottery = JSON.parse(await stage.read(`/lotteries/${date}`)) as LotteryBody;
  const { stored, log } = await stage.withDatabase(async (dataSource) => {
    const row = await storedLog(dataSource, date);
    return { stored: row, log: await rebuildLog(dataSource, row.drawId) };
  });
  const seal = fieldsOf(lottery.notes.seal ?? '', key);
  const sealed = { size: Number(seal['size']), root: seal['root'] ?? '' };
  return [
    ...faultsOfBallots(told, log, stored),
    ...faultsOfRoots(log, stored, sealed),
    ...(await faultsOfReceipts(stage, date, told, sealed, key)),
    ...(await faultsOfBundle(stage, date, key)),
  ].map((fault) => `${date}: ${fault}`);
}

async function storedLog(dataSource: DataSource, date: string): Promise<StoredLog> {
  const [row] = await dataSource.query<[StoredLog]>(
    `select draw_id as "drawId", size, frontier,
       (select count(*) from ballot_idempotency_keys k where k.draw_id = l.draw_id) as keys
     from ballot_logs l where draw_id = (select draw_id from lotteries where date = $1)`,
    [date],
  );
  return row;
}

/** Every acknowledged ballot at its index, one for each key, no gap, and nothing that nobody was told of. */
function faultsOfBallots(told: readonly Entry[], { lines }: RebuiltLog, { keys }: StoredLog): string[] {
  const faults: string[] = [];
  const idsOfKeys = new Map<string, Set<string>>();
  const refused = new Set(told.flatMap(({ key, receipt }) => (receipt === null ? [key] : [])));
  for (const { key, receipt } of told) {
    if (receipt === null) continue;
    idsOfKeys.set(key, (idsOfKeys.get(key) ?? new Set()).add(receipt.id));
    if (lines[receipt.index] !== receipt.line) faults.push(`the acknowledged ballot of ${key} is not in the log`);
    if (refused.has(key)) faults.push(`the ballot of ${key} was acknowledged and refused`);
  }
  for (const [key, ids] of idsOfKeys) if (ids.size > 1) faults.push(`${key} made ${ids.size} ballots`);
  const gap = lines.findIndex((line, i) => !line.startsWith(`${i} `));
  if (gap >= 0) faults.push(`index ${gap} is missing`);
  if (lines.length !== idsOfKeys.size) faults.push(`${lines.length} ballots for ${idsOfKeys.size} acknowledged keys`);
  if (Number(keys) !== lines.length) faults.push(`${keys} keys are stored for ${lines.length} ballots`);
  return faults;
}

/** The root recomputed from the lines is the stored one and the sealed one. */
function faultsOfRoots({ lines, root }: RebuiltLog, { size, frontier }: StoredLog, sealed: Checkpoint): string[] {
  const storedRoot = Frontier.fromBytes(Number(size), frontier).root().toString('base64');
  const faults: string[] = [];
  if (Number(size) !== lines.length || storedRoot !== root) faults.push('the stored root is not that of the lines');
  if (sealed.size !== lines.length || sealed.root !== root) faults.push('the sealed root is not that of the lines');
  return faults;
}

/**
 * Each receipt promises a tree that has its ballot and is the beginning of the sealed one, by the service's own proof.
 */
async function faultsOfReceipts(
  stage: Stage,
  date: string,
  told: readonly Entry[],
  sealed: Checkpoint,
  key: string,
): Promise<string[]> {
  const faults: string[] = [];
  const promised = new Map<string, Checkpoint>();
  for (const { receipt } of told) {
    const checkpoint = receipt && checkpointOf(receipt, key);
    if (checkpoint) promised.set(`${checkpoint.size} ${checkpoint.root}`, checkpoint);
    else if (receipt) faults.push(`the checkpoint of ballot ${receipt.id} is false`);
  }
  const waiting = [...promised.values()];
  const prove = async (): Promise<void> => {
    for (let checkpoint = waiting.pop(); checkpoint; checkpoint = waiting.pop()) {
      const isPrefix = await beginsWith(stage, date, checkpoint, sealed);
      if (!isPrefix) faults.push(`the promised tree of ${checkpoint.size} is not the beginning of the sealed one`);
    }
  };
  await Promise.all(Array.from({ length: PROOFS_AT_ONCE }, prove));
  return faults;
}

/** Null where the signature is false or the tree does not have the ballot. */
function checkpointOf({ checkpoint, index }: Receipt, key: string): Checkpoint | null {
  const [, size, root] = verifyNote(checkpoint, key)?.split('\n') ?? [];
  if (size === undefined || root === undefined || Number(size) <= index) return null;
  return { size: Number(size), root };
}

async function beginsWith(stage: Stage, date: string, from: Checkpoint, to: Checkpoint): Promise<boolean> {
  if (from.size > to.size) return false;
  const answer = await stage.read(`/lotteries/${date}/consistency?from=${from.size}&to=${to.size}`);
  const { proof } = JSON.parse(answer) as { proof: string[] };
  const roots = [from.root, to.root].map((root) => Buffer.from(root, 'base64')) as [Buffer, Buffer];
  return consistent(from.size, to.size, ...roots, proof);
}

/** What the stand-alone verifier has to say. */
async function faultsOfBundle(stage: Stage, date: string, key: string): Promise<string[]> {
  const [bundle, list] = [
    await stage.read(`/lotteries/${date}/bundle`),
    await stage.read(`/lotteries/${date}/ballots.txt`),
  ];
  async function* ballots(): AsyncIterable<Uint8Array> {
    yield Buffer.from(list);
  }
  const { checks } = await verify({ bundle, key, ballots: ballots() });
  return checks.filter(({ status }) => status === 'failed').map(({ text, reason }) => `${text}: ${reason ?? ''}`);
}
