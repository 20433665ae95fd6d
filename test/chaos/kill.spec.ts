import { pause } from '../support/pause';
import { buildService } from '../support/service-process';
import { AcknowledgementBook } from './support/acknowledgement-book';
import { Dice } from './support/dice';
import { Fault, planFaults, Scene, strike } from './support/faults';
import { inspectLottery } from './support/inspection';
import { PersistentPlayers } from './support/persistent-players';
import { recover, Recovery } from './support/recovery';
import { Stage } from './support/stage';
import { QUEUE_FULL } from './support/submission';

const FAULTS = Number(process.env['CHAOS_FAULTS'] ?? 35);
const SEED = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
const FAULTS_A_DAY = 12;
const RECOVERED_MS = 10_000;
/** A machine with much else to do is slow now and then; a fault that is too slow so often is. */
const TRIES = 3;
/** A process starts, a log is replayed, a queue is worked off: that takes as long as the machine has no time for it. */
const WORK: ReadonlySet<Fault['kind']> = new Set(['kill -9 the service', 'kill -9 PostgreSQL', 'full queue']);
/** So long at most before and after a fault; the players hurry, so that it meets many ballots on their way. */
const LONGEST_RUSH_MS = 500;
const LONGEST_CALM_MS = 1_000;
/** The service is built, and three of it start. */
const SETTING_MS = 600_000;
/** Of a fault and its recovery together; more means that the test hangs. */
const LONGEST_FAULT_MS = 120_000;

describe('the service with faults', () => {
  const dice = new Dice(SEED);
  let scene: Scene;
  const tooSlow: string[] = [];

  beforeAll(async () => {
    await buildService();
    const stage = await Stage.set();
    const book = new AcknowledgementBook();
    scene = { stage, book, players: new PersistentPlayers(stage, book, await stage.openLottery()) };
  }, SETTING_MS);

  afterAll(async () => {
    scene.players.abandon();
    await scene.stage.clear();
    scene.book.remove();
  }, SETTING_MS);

  const say = (text: string) => process.stdout.write(text);

  async function suffer(fault: Fault, number: number): Promise<void> {
    say(`${number}/${FAULTS} ${JSON.stringify(fault)}`);
    let isBack = false;
    for (let tries = 0; tries < TRIES && !isBack; tries++) {
      const { clockMs, workMs } = await recoveryFrom(fault);
      const isWork = WORK.has(fault.kind);
      say(`: recovered in ${seconds(clockMs)}${isWork ? ` (${seconds(workMs)} of ours)` : ''}`);
      isBack = (isWork ? workMs : clockMs) <= RECOVERED_MS;
    }
    say('\n');
    if (!isBack) tooSlow.push(`${number} ${fault.kind}`);
  }

  async function recoveryFrom(fault: Fault): Promise<Recovery> {
    const { players } = scene;
    players.hurry(true);
    await pause(dice.between(50, LONGEST_RUSH_MS));
    await strike(scene, fault);
    const recovery = await recover(scene);
    players.hurry(false);
    await pause(dice.between(0, LONGEST_CALM_MS));
    return recovery;
  }

  /** The day ends while its last fault strikes; nobody stops playing for that. */
  async function endDay(fault: Fault, number: number): Promise<void> {
    const { stage, players } = scene;
    const { date } = players;
    const tomorrow = await stage.openLottery();
    const closing = stage.closeLottery(date);
    await suffer(fault, number);
    await closing;
    players.date = tomorrow;
  }

  it(
    `loses no acknowledged ballot and makes none twice, and is back in ${seconds(RECOVERED_MS)}, ${FAULTS} times`,
    async () => {
      say(`The seed is ${SEED}; the same again: npm run test:chaos -- --faults ${FAULTS} --seed ${SEED}\n`);
      const { stage, book, players } = scene;
      const plan = planFaults(FAULTS, dice, stage.replicas);
      const days = [players.date];
      players.start();
      for (const [i, fault] of plan.entries()) {
        const isLast = (i + 1) % FAULTS_A_DAY === 0;
        await (isLast ? endDay(fault, i + 1) : suffer(fault, i + 1));
        if (isLast) days.push(players.date);
      }
      await players.stop();
      await stage.closeLottery(players.date);
      say(`In doubt: ${[...book.doubts].map(([what, times]) => `${what} ${times}`).join(', ')}`);
      const found: string[] = [];
      for (const day of days) {
        const faults = await inspectLottery(stage, book, day);
        const told = book.read(day);
        const ballots = new Set(told.flatMap(({ receipt }) => receipt?.id ?? []));
        say(`${day}: ${told.length} answers, ${ballots.size} ballots, ${faults.length} faults\n`);
        found.push(...faults);
      }
      expect(found).toEqual([]);
      expect(book.surprises).toEqual([]);
      expect(stage.fleet.lastWords).toEqual([]);
      expect(tooSlow).toEqual([]);
      expect(book.doubtsOf(QUEUE_FULL) > 0).toBe(plan.some(({ kind }) => kind === 'full queue'));
    },
    FAULTS * LONGEST_FAULT_MS,
  );
});

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
