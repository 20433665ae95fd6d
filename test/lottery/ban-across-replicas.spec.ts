import { Players, PlayerStanding } from '../../src/user/user.api';
import { openFreshLottery, submit } from '../support/lottery-client';
import { addPlayer, addPlayers, adminBearer, TestPlayer } from '../support/players';
import { rounds } from '../support/rounds';
import { startTestApp, TestApp } from '../support/test-app';

const ROUNDS = rounds({ few: 10, all: 50 });
/** Others who submit all the time, half of them over each replica. */
const OTHERS = 8;
const CACHED_MS = 1_000;

describe('a ban over one replica', () => {
  let here: TestApp;
  let elsewhere: TestApp;
  let admin: string;

  beforeAll(async () => {
    here = await startTestApp();
    elsewhere = await startTestApp({}, here.database);
    admin = await adminBearer(here);
  });

  afterAll(async () => {
    await elsewhere.close();
    await here.close();
  });

  /** Bans over one replica, submits over the other, and unbans; says what was not as it must be. */
  async function playRounds(rounds: number): Promise<string[]> {
    const date = await openFreshLottery(here);
    const player = await addPlayer(here);
    const faults: string[] = [];
    let over = false;
    const others = (await addPlayers(here, OTHERS)).map(async (other, i) => {
      while (!over) {
        const { status } = await submit(i % 2 ? here : elsewhere, date, other);
        if (status !== 201) faults.push(`a submission of somebody else was answered ${status}`);
      }
    });
    for (let round = 0; round < rounds && faults.length === 0; round++) {
      const steps = [
        ['ban', await decide('ban', player), 204],
        ['submission after the ban', (await submit(elsewhere, date, player)).body.code, 'ballot.player-banned'],
        ['unban', await decide('unban', player), 204],
        ['submission after the unban', (await submit(elsewhere, date, player)).status, 201],
      ] as const;
      const broken = steps.filter(([, actual, expected]) => actual !== expected);
      faults.push(...broken.map(([step, actual]) => `round ${round}: ${step}: ${actual}`));
    }
    over = true;
    await Promise.all(others);
    return faults;
  }

  async function decide(act: 'ban' | 'unban', { id }: TestPlayer): Promise<number> {
    return (await here.request().post(`/users/${id}/${act}`).set('authorization', admin)).status;
  }

  it(`refuses every submission over another that starts later, ${ROUNDS} rounds`, async () => {
    expect(await playRounds(ROUNDS)).toEqual([]);
  }, 120_000);

  it('goes red with a replica that remembers for a second who is banned', async () => {
    const players = elsewhere.app.get(Players, { strict: false });
    const ask = players.standings.bind(players);
    const remembered = new Map<string, { readonly standing: PlayerStanding; readonly until: number }>();
    jest.spyOn(players, 'standings').mockImplementation(async (ids) => {
      const unknown = ids.filter((id) => (remembered.get(id)?.until ?? 0) < Date.now());
      for (const [id, standing] of await ask(unknown)) remembered.set(id, { standing, until: Date.now() + CACHED_MS });
      return new Map(ids.flatMap((id) => (remembered.has(id) ? [[id, remembered.get(id)!.standing]] : [])));
    });
    const faults = await playRounds(ROUNDS);
    jest.restoreAllMocks();
    expect(faults).not.toEqual([]);
    expect(faults.every((fault) => fault.includes('after the'))).toBe(true);
  }, 120_000);
});
