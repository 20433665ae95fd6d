import { close, LotteryBody, openFreshLottery, Receipt, submit } from '../support/lottery-client';
import { pause } from '../support/pause';
import { addPlayers, adminBearer, TestPlayer } from '../support/players';
import type { TestApp } from '../support/test-app';
import { until } from '../support/until';
import type { Operation } from './linearizability';
import type { LogWhat, StandingWhat } from './lottery-models';

const PLAYERS = 4;
const SUBMITTERS = 8;
const BALLOTS_EACH = 8;
const DECIDERS = 6;
const DECISIONS_EACH = 4;
const READERS = 3;
const READS_EACH = 6;
const CLOSERS = 2;
/** So long at most between two operations of one hand. */
const LONGEST_REST_MS = 8;

interface Interval {
  readonly calledMs: number;
  readonly answeredMs: number;
}

/** The operations on one lottery and on each of its players, as those who did them saw them. */
export class RecordedRound {
  readonly log: Operation<LogWhat>[] = [];
  readonly standings: ReadonlyMap<string, Operation<StandingWhat>[]>;
  /** Answers that no operation has. */
  readonly surprises: string[] = [];
  private readonly pseudonyms = new Map<string, string>();
  private submissions = 0;
  private readonly closings: Interval[] = [];

  private constructor(
    private readonly replicas: readonly TestApp[],
    private readonly date: string,
    private readonly players: readonly TestPlayer[],
    private readonly admin: string,
  ) {
    this.standings = new Map(players.map(({ id }) => [id, []]));
  }

  /** Many hands on a fresh lottery, each operation over any replica. */
  static async play(replicas: readonly TestApp[]): Promise<RecordedRound> {
    const [first] = replicas as [TestApp];
    const date = await openFreshLottery(first);
    const round = new RecordedRound(replicas, date, await addPlayers(first, PLAYERS), await adminBearer(first));
    const { players } = round;
    await Promise.all([
      ...times(SUBMITTERS, (i) => round.repeat(BALLOTS_EACH, () => round.submit(players[i % PLAYERS]!))),
      // The last player is never banned, so that somebody can win; about each other two admins disagree.
      ...times(DECIDERS, (i) => round.repeat(DECISIONS_EACH, () => round.decide(players[i % (PLAYERS - 1)]!))),
      ...times(READERS, () => round.repeat(READS_EACH, (i) => (i % 2 ? round.read() : round.readCheckpoint()))),
      ...times(CLOSERS, () => round.closeSometime()),
    ]);
    await round.noteExclusions();
    return round;
  }

  private async repeat(count: number, act: (i: number) => Promise<void>): Promise<void> {
    for (let i = 0; i < count; i++) {
      await pause(Math.random() * LONGEST_REST_MS);
      await act(i);
    }
  }

  private async submit(player: TestPlayer): Promise<void> {
    const { answer, ...when } = await timed(() => submit(this.replica(), this.date, player));
    this.submissions++;
    const note = (what: LogWhat, isBanned?: boolean) => {
      this.log.push({ what, ...when });
      if (isBanned !== undefined) this.standings.get(player.id)?.push({ what: { kind: 'seen', isBanned }, ...when });
    };
    if (answer.status === 201) {
      const { index, player: pseudonym } = answer.body as Receipt;
      this.pseudonyms.set(player.id, pseudonym);
      note({ kind: 'submitted', index }, false);
    } else if (answer.status === 503) this.log.push({ what: { kind: 'submitted', index: null }, ...unanswered(when) });
    else if (answer.body.code === 'ballot.player-banned') note({ kind: 'banned' }, true);
    else if (answer.body.code === 'ballot.closed') note({ kind: 'too late' });
    else this.surprises.push(`submit: ${answer.status} ${answer.text}`);
  }

  private async decide({ id }: TestPlayer): Promise<void> {
    const act = Math.random() < 0.5 ? 'ban' : 'unban';
    const { answer, ...when } = await timed(() =>
      this.replica().request().post(`/users/${id}/${act}`).set('authorization', this.admin),
    );
    if (answer.status === 503) {
      this.standings
        .get(id)
        ?.push({ what: act === 'ban' ? { kind: act, wasBanned: null } : { kind: act }, ...unanswered(when) });
      return;
    }
    const wasBanned = answer.body.code === 'user.already-banned';
    if (answer.status !== 204 && !wasBanned) this.surprises.push(`${act}: ${answer.status} ${answer.text}`);
    const what: StandingWhat = act === 'ban' ? { kind: 'ban', wasBanned } : { kind: 'unban' };
    this.standings.get(id)?.push({ what, ...when });
  }

  private async read(): Promise<void> {
    const { answer, ...when } = await timed(() => this.replica().request().get(`/lotteries/${this.date}`));
    if (answer.status === 503) return;
    const { state, ballots } = answer.body as LotteryBody;
    this.log.push({ what: { kind: 'read', isOpen: state === 'open', ballots }, ...when });
  }

  private async readCheckpoint(): Promise<void> {
    const path = `/lotteries/${this.date}/checkpoint`;
    const { answer, ...when } = await timed(() => this.replica().request().get(path));
    if (answer.status === 503) return;
    this.log.push({ what: { kind: 'checkpoint', size: Number(answer.text.split('\n')[1]) }, ...when });
  }

  /** Somewhere between the first submission and the last. */
  private async closeSometime(): Promise<void> {
    const submissions = Math.floor(Math.random() * SUBMITTERS * BALLOTS_EACH);
    await until(() => this.submissions >= submissions);
    await this.close();
  }

  private async close(): Promise<void> {
    const { answer, ...when } = await timed(() => close(this.replica(), this.date, '&early=true'));
    if (answer.status === 503) this.log.push({ what: { kind: 'sealed', size: null }, ...unanswered(when) });
    else if (answer.status !== 200) this.surprises.push(`close: ${answer.status} ${answer.text}`);
    if (answer.status !== 200) return;
    const size = Number(/^size (\d+)$/m.exec((answer.body as LotteryBody).notes.seal ?? '')?.[1]);
    this.closings.push(when);
    this.log.push({ what: { kind: 'sealed', size }, ...when });
  }

  /** Who is excluded was looked up by one of the closings; which one, nobody outside can tell. */
  private async noteExclusions(): Promise<void> {
    if (this.closings.length === 0) return;
    const { status, body, text } = await this.replica().request().get(`/lotteries/${this.date}/bundle`);
    if (status !== 200) return void this.surprises.push(`bundle: ${status} ${text}`);
    const excluded = new Set((body as { exclusions: string }).exclusions.split('\n'));
    const calledMs = Math.min(...this.closings.map((closing) => closing.calledMs));
    const answeredMs = Math.max(...this.closings.map((closing) => closing.answeredMs));
    for (const [id, pseudonym] of this.pseudonyms) {
      const what: StandingWhat = { kind: 'seen', isBanned: excluded.has(pseudonym) };
      this.standings.get(id)?.push({ what, calledMs, answeredMs });
    }
  }

  private replica(): TestApp {
    return this.replicas[Math.floor(Math.random() * this.replicas.length)] as TestApp;
  }
}

/** A 503 does not say whether it was done, nor by when. */
function unanswered({ calledMs }: Interval): Interval {
  return { calledMs, answeredMs: Infinity };
}

async function timed<Answer>(act: () => PromiseLike<Answer>): Promise<Interval & { readonly answer: Answer }> {
  const calledMs = performance.now();
  const answer = await act();
  return { answer, calledMs, answeredMs: performance.now() };
}

function times(count: number, start: (i: number) => Promise<void>): Promise<void>[] {
  return Array.from({ length: count }, (_, i) => start(i));
}
