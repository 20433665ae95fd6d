import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Draws } from '../../src/draw/application/draws';
import { drawKey, namedIndexes } from '../../src/draw/domain/candidates';
import { Reconciler } from '../../src/lottery/infrastructure/reconciler';
import { Clock } from '../../src/shared/application/clock';
import { noteBody } from '../../src/shared/domain/signed-note';
import { BeaconEnvironment, startBeacon } from '../support/beacon-environment';
import { close, drawIdOf, LotteryBody, openFreshLottery, submit } from '../support/lottery-client';
import { addPlayers, TestPlayer } from '../support/players';
import { rounds, spread } from '../support/rounds';
import { buildService } from '../support/service-process';
import { startTestApp, TestApp, testConfig } from '../support/test-app';
import { comesTrue } from '../support/until';

const FEW_KILLS = 10;
const MANY_KILLS = 200;
const AT_ONCE = 3;
const BALLOTS = 16;
/** Past the round of a seal: 60 s ahead, and the next one of the chain. */
const ROUND_AHEAD_MS = 70_000;

interface Victim {
  readonly date: string;
  readonly drawId: string;
  /** Recorded before anything could go wrong. */
  readonly secret: Buffer;
}

describe('kill -9 while a lottery is being closed', () => {
  let beacon: BeaconEnvironment;
  let app: TestApp;
  let players: TestPlayer[];

  beforeAll(async () => {
    await buildService();
    beacon = await startBeacon();
    // Nobody else may close while a process is dying.
    jest.spyOn(Reconciler.prototype, 'tick').mockResolvedValue();
    app = await startTestApp(beacon.config);
    players = await addPlayers(app, BALLOTS);
  }, 120_000);

  afterAll(async () => {
    await app.close();
    await beacon.stop();
  });

  const newVictim = async (): Promise<Victim> => {
    const date = await openFreshLottery(app);
    await Promise.all(players.map((player) => submit(app, date, player).expect(201)));
    const drawId = await drawIdOf(app, date);
    const [committed] = await app.app.get<Draws>(Draws, { strict: false }).committed([drawId]);
    return { date, drawId, secret: committed!.secret };
  };

  /** Runs the closing in a process that dies at this statement; gives the number of statements if it lived. */
  const closeAndDie = (date: string, statement: number, moment: 'before' | 'after'): Promise<number | null> =>
    new Promise((resolve, reject) => {
      const config = { ...testConfig(app.database.url), ...beacon.config };
      const settings = Object.entries(config).filter(([, value]) => value !== undefined);
      const env = Object.fromEntries(settings.map(([name, value]) => [name, String(value)]));
      const given = [join(__dirname, 'closing.child.cjs'), date, String(statement), moment];
      execFile(process.execPath, given, { env }, (error, stdout, stderr) => {
        if (error?.signal === 'SIGKILL') resolve(null);
        else if (error) reject(new Error(stderr));
        else resolve(Number(stdout));
      });
    });

  const stateOf = async (date: string) =>
    (await app.request().get(`/lotteries/${date}`).expect(200)).body as LotteryBody;

  /** The winner's index by arithmetic alone, from what was fixed before the crash. */
  const expectedWinner = async ({ drawId, secret }: Victim, { notes }: LotteryBody): Promise<number | undefined> => {
    const [row] = await app.database.dataSource.query<[{ round: string }]>(
      'select seal_round as round from draws where id = $1',
      [drawId],
    );
    const key = drawKey(secret, noteBody(notes.open), noteBody(notes.seal ?? ''), beacon.chain.sign(Number(row.round)));
    return [...namedIndexes(key, BALLOTS)][0]?.index;
  };

  const drawNotesOf = async (drawId: string): Promise<string[]> => {
    const rows = await app.database.dataSource.query<{ statement: string }[]>(
      'select statement from journal_entries where statement like $1 order by index',
      [`lottery-draw/v2/draw\ndraw ${drawId}\n%`],
    );
    return rows.map(({ statement }) => statement);
  };

  let clockMs = 0;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: no round may come while a lottery is being sealed. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const closeEarly = (date: string) => close(app, date, '&early=true').expect(200);

  /** Seals, then lets the round of the seal come. */
  const seal = (date: string): Promise<void> =>
    alone(async () => {
      await closeEarly(date);
      await app.database.setClockOffset((clockMs += ROUND_AHEAD_MS));
      await app.app.get(Clock).synchronise();
    });

  /** Again and again, as the reconciler does: a relay may be late. */
  const draw = async (date: string): Promise<LotteryBody> => {
    await comesTrue(async () => {
      await closeEarly(date);
      return (await stateOf(date)).state === 'drawn';
    });
    return stateOf(date);
  };

  interface Step {
    /** Killed on the way from a seal to the draw; else on the way to the seal and right behind it. */
    readonly sealed: boolean;
    readonly statement: number;
    readonly moment: 'before' | 'after';
  }

  const killAndRestart = async (victim: Victim, { sealed, statement, moment }: Step) => {
    if (sealed) await seal(victim.date);
    const dies = () => closeAndDie(victim.date, statement, moment);
    expect(await (sealed ? dies() : alone(dies))).toBeNull();
    const left = await stateOf(victim.date);
    await seal(victim.date);
    const ended = await draw(victim.date);
    const drawNotes = await drawNotesOf(victim.drawId);
    return { left, ended, drawNotes, expectedWinner: await expectedWinner(victim, ended) };
  };

  const statementsOf = async (sealed: boolean): Promise<number> => {
    const { date } = await newVictim();
    if (sealed) await seal(date);
    return (await closeAndDie(date, 0, 'before')) ?? 0;
  };

  it(`leads to the same winner and to one draw note, wherever it strikes`, async () => {
    const steps: Step[] = [];
    for (const sealed of [false, true]) {
      const statements = await statementsOf(sealed);
      expect(statements).toBeGreaterThan(5);
      for (let statement = 1; statement <= statements; statement++) {
        for (const moment of ['before', 'after'] as const) steps.push({ sealed, statement, moment });
      }
    }
    // With all rounds each step is struck once in any case.
    const kills = spread(steps, rounds({ few: FEW_KILLS, all: Math.max(MANY_KILLS, steps.length) }));
    const struck = new Set<string>();
    const killer = async (): Promise<void> => {
      for (let step = kills.pop(); step; step = kills.pop()) {
        const { left, ended, drawNotes, expectedWinner } = await killAndRestart(await newVictim(), step);
        struck.add(left.state);
        expect(ended.state).toBe('drawn');
        expect(ended.winner?.index).toBe(expectedWinner);
        expect(drawNotes).toEqual([noteBody(ended.notes.draw ?? '')]);
        // What was public when the process died stays as it was.
        expect(ended.notes).toEqual({ ...ended.notes, ...withoutNulls(left.notes) });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, killer));
    // It did strike on both sides of both commits.
    expect([...struck].sort()).toEqual(['drawn', 'open', 'sealed']);
  }, 600_000);

  it('would be noticed if the secret were drawn again after a restart', async () => {
    const draws = app.app.get<Draws>(Draws, { strict: false });
    // That all three of them keep their winner by luck happens once in 16 ** 3 runs.
    const victims = [await newVictim(), await newVictim(), await newVictim()];
    const forgetful = jest.spyOn(draws, 'committed').mockImplementation(async (drawIds) => {
      return (await draws.get(drawIds)).map((draw) => ({ draw, secret: randomBytes(32) }));
    });
    const outcomes = [];
    for (const victim of victims)
      outcomes.push(await killAndRestart(victim, { sealed: true, statement: 1, moment: 'before' }));
    forgetful.mockRestore();
    expect(outcomes.every(({ ended }) => ended.state === 'drawn')).toBe(true);
    expect(outcomes.some(({ ended, expectedWinner }) => ended.winner?.index !== expectedWinner)).toBe(true);
  }, 120_000);
});

function withoutNulls<Notes extends object>(notes: Notes): Partial<Notes> {
  return Object.fromEntries(Object.entries(notes).filter(([, note]) => note !== null)) as Partial<Notes>;
}
