// First, because what is loaded below asks for it.
import { remembering } from '../support/remembering';
import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '../../verifier/core/verify.mjs';
import { BallotIntake } from '../../src/ballot/ballot.api';
import { Reconciler } from '../../src/lottery/infrastructure/reconciler';
import { Clock } from '../../src/shared/application/clock';
import { NoteSigner } from '../../src/shared/application/note-signer';
import { BeaconEnvironment, startBeacon } from '../support/beacon-environment';
import { drawIdOf, LotteryBody } from '../support/lottery-client';
import { addPlayers, adminBearer } from '../support/players';
import { rounds } from '../support/rounds';
import { startTestApp, TestApp } from '../support/test-app';
import type { Bundle } from './draw-options';
import { PYTHON, PythonVerifier } from './python-verifier';
import { Published, Tampering, tamperings } from './tampering';
import { chunks, failureOf } from './verify-draw';

// Signatures take most of the time, and most of them are the same in each run.
jest.mock('../../verifier/core/signed-note.mjs', () =>
  remembering(jest.requireActual<{ openNote: unknown }>('../../verifier/core/signed-note.mjs'), 'openNote'),
);
jest.mock('../../verifier/core/beacon.mjs', () =>
  remembering(
    jest.requireActual<{ checkBeaconSignature: unknown }>('../../verifier/core/beacon.mjs'),
    'checkBeaconSignature',
  ),
);

const BALLOTS = 1_000;
const PLAYERS = 40;
const BANNED = 34;
/** Of each part; the notes have some hundred bytes each. */
const PLACES = rounds({ few: 3, all: 15 });
/** Python takes a part of them: it needs longer for each pairing. */
const PLACES_FOR_PYTHON = rounds({ few: 1, all: 3 });
const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'buffer');

/** As the service itself published it: nothing can be changed without the verifiers naming the step. */
describe(`a published draw of ${BALLOTS} ballots`, () => {
  let app: TestApp;
  let beacon: BeaconEnvironment;
  let folder: string;
  let draw: Published;
  let key: string;

  beforeAll(async () => {
    beacon = await startBeacon();
    app = await startTestApp(beacon.config);
    folder = await mkdtemp(join(tmpdir(), 'tampering-'));
    key = (await app.request().get('/verifier-key')).text.trim();
    let date = await drawnLottery();
    let bundle = await bundleOf(date);
    // Luck may have passed over nobody, or over too many for a quick test.
    while (bundle.candidates.length < 3 || bundle.candidates.length > 20) {
      date = await drawnLottery();
      bundle = await bundleOf(date);
    }
    const { text } = await app.request().get(`/lotteries/${date}/ballots.txt`).expect(200);
    const signer = app.app.get<NoteSigner>(NoteSigner, { strict: false });
    draw = { bundle, list: text, resign: (unsigned) => signer.sign(unsigned) };
    await app.close();
    await beacon.stop();
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true }));

  let lotteries = 0;

  const bundleOf = async (date: string) =>
    (await app.request().get(`/lotteries/${date}/bundle`).expect(200)).body as Bundle;

  /** Sealed at midnight and drawn with a beacon; most players are banned, so that the draw passes over some ballots. */
  const drawnLottery = async (): Promise<string> => {
    const date = new Date(Date.UTC(2090, 0, 1 + 4 * ++lotteries)).toISOString().slice(0, 10);
    await app
      .request()
      .post('/lotteries')
      .set('authorization', await adminBearer(app))
      .send({ date })
      .expect(201);
    const drawId = await drawIdOf(app, date);
    const players = await addPlayers(app, PLAYERS);
    const intake = app.app.get(BallotIntake, { strict: false });
    const submissions = Array.from({ length: BALLOTS }, (_, i) => players[i % PLAYERS]!.id);
    await Promise.all(submissions.map((userId) => intake.submit({ drawId, userId, idempotencyKey: null, count: 1 })));
    const admin = await adminBearer(app);
    for (const { id } of players.slice(0, BANNED)) {
      await app.request().post(`/users/${id}/ban`).set('authorization', admin).send({}).expect(204);
    }
    for (const secondsLater of [1, 70]) {
      await app.database.setClock(new Date(Date.parse(`${date}T24:00:00Z`) + 1_000 * secondsLater));
      await app.app.get(Clock).synchronise();
      await app.app.get(Reconciler, { strict: false }).tick();
    }
    const { state } = (await app.request().get(`/lotteries/${date}`)).body as LotteryBody;
    expect(state).toBe('drawn');
    return date;
  };

  const stepOf = async ({ bundle, list }: Pick<Tampering, 'bundle' | 'list'>): Promise<string> => {
    const chain: object = JSON.parse(beacon.chain.infoJson);
    const report = await verify({ bundle: JSON.stringify(bundle), key, chain, ballots: chunks(list), sha256 });
    return failureOf(report)?.split(':')[0] ?? 'none';
  };

  const stepsOfPython = async (cases: readonly Pick<Tampering, 'bundle' | 'list'>[]): Promise<string[]> => {
    const chain = join(folder, 'chain');
    await writeFile(chain, beacon.chain.infoJson);
    const [bundlePath, listPath] = [join(folder, 'bundle'), join(folder, 'list')];
    const python = new PythonVerifier();
    const steps = [];
    for (const { bundle, list } of cases) {
      await writeFile(bundlePath, JSON.stringify(bundle));
      await writeFile(listPath, list);
      const { stdout } = await python.run([bundlePath, listPath, '--key', key, '--chain', chain, '--json']);
      const { checks } = JSON.parse(stdout) as { checks: { step: string; status: string }[] };
      steps.push(checks.find(({ status }) => status === 'failed')?.step ?? 'none');
    }
    await python.stop();
    return steps;
  };

  const expectNoticed = (cases: readonly Tampering[], steps: readonly string[]) => {
    const missed = cases.map(({ name, steps: right }, i) => ({ name, right, named: steps[i] }));
    expect(missed.filter(({ right, named }) => !right.includes(named ?? 'none'))).toEqual([]);
  };

  it('verifies as it is, at the highest level', async () => {
    expect(await stepOf(draw)).toBe('none');
    expect(draw.bundle.candidates.length).toBeGreaterThan(1);
    expect(draw.bundle.draw).toContain('\nassurance A\n');
  });

  it('cannot be changed in any part without verify.mjs naming the step', async () => {
    const cases = tamperings(draw, PLACES);
    const steps = [];
    for (const one of cases) steps.push(await stepOf(one));
    expectNoticed(cases, steps);
    expect(cases.length).toBeGreaterThan(rounds({ few: 150, all: 400 }));
  }, 240_000);

  const inPython = PYTHON ? it : it.skip;

  inPython(
    'cannot be changed in any part without verify.py naming the step',
    async () => {
      const cases = tamperings(draw, PLACES_FOR_PYTHON);
      const steps = await stepsOfPython([draw, ...cases]);
      expect(steps[0]).toBe('none');
      expectNoticed(cases, steps.slice(1));
    },
    240_000,
  );
});
