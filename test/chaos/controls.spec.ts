import { pause } from '../support/pause';
import { buildService } from '../support/service-process';
import { AcknowledgementBook } from './support/acknowledgement-book';
import { inspectLottery } from './support/inspection';
import { PersistentPlayers } from './support/persistent-players';
import { recover } from './support/recovery';
import { Stage, StageOptions } from './support/stage';

const KILLS = 3;
const RUSH_MS = 1_500;

/**
 * PostgreSQL answers before it has written, and writes as late as it can: every ten seconds, and nothing else of it
 * forces the write-ahead log out in between.
 */
const FORGETFUL = {
  synchronous_commit: 'off',
  wal_writer_delay: '10s',
  wal_writer_flush_after: '1GB',
  bgwriter_lru_maxpages: '0',
};

describe('the faults find', () => {
  beforeAll(buildService, 600_000);

  /** What is wrong after so many kills in a rush of ballots. */
  async function faultsAfter(kill: (stage: Stage) => Promise<void>, options: StageOptions): Promise<string[]> {
    const stage = await Stage.set(options);
    const book = new AcknowledgementBook();
    const players = new PersistentPlayers(stage, book, await stage.openLottery());
    try {
      await stage.withDatabase((dataSource) => dataSource.query('checkpoint'));
      players.hurry(true);
      players.start();
      for (let i = 0; i < KILLS; i++) {
        await pause(RUSH_MS);
        await kill(stage);
        await recover({ stage, book, players });
      }
      await players.stop();
      await stage.closeLottery(players.date);
      return await inspectLottery(stage, book, players.date);
    } finally {
      players.abandon();
      await stage.clear();
      book.remove();
    }
  }

  const killPostgres = async (stage: Stage): Promise<void> => {
    await stage.postgres.kill();
    await stage.restartPostgres();
  };

  const killReplicas = async ({ fleet, replicas }: Stage): Promise<void> => {
    await Promise.all(replicas.map((replica) => fleet.kill(replica)));
  };

  it('ballots lost by a database with synchronous_commit=off that the service lets be', async () => {
    const faults = await faultsAfter(killPostgres, {
      settings: FORGETFUL,
      program: 'test/chaos/let-it-forget.child.cjs',
    });
    expect(faults).toContainEqual(expect.stringContaining('is not in the log'));
    expect(faults).toContainEqual(expect.stringContaining('is not the beginning of the sealed one'));
  }, 300_000);

  it('nothing where the service asks such a database to remember', async () => {
    expect(await faultsAfter(killPostgres, { settings: FORGETFUL })).toEqual([]);
  }, 300_000);

  it('ballots lost by a service that acknowledges before it commits', async () => {
    const faults = await faultsAfter(killReplicas, { program: 'test/chaos/acknowledge-first.child.cjs' });
    expect(faults).toContainEqual(expect.stringContaining('is not in the log'));
  }, 300_000);
});
