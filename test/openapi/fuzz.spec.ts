import fc from 'fast-check';
import { ReadPools } from '../../src/pool/application/read-pools';
import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import { pause } from '../support/pause';
import { addPlayer, adminBearer } from '../support/players';
import { takeContractFaults } from '../support/contract-faults';
import { exact, type OpenApiDocument } from '../support/openapi-document';
import { rounds } from '../support/rounds';
import { CLOSE_TOKEN, startTestApp, TestApp } from '../support/test-app';
import { Exchange, Links, Reply } from './exchange';
import { Caller, rightSteps, Step, wrongSteps } from './inputs';
import { Input, Operation, operationsOf } from './operations';

/** Requests of each kind to each operation: FUZZ_RUNS=1000 looks longer, FUZZ_SEED elsewhere. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? rounds({ few: 6, all: 25 }));
/** What is planted shows within so many. */
const RUNS_WITH_A_BUG = 25;
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
const WALK_LENGTH = 40;
const MAX_ATTEMPTS = 5;
const RETRY_MS = 1_000;

describe('whatever is sent to the API', () => {
  let app: TestApp;
  let document: OpenApiDocument;
  let operations: Operation[];
  let exchange: Exchange;
  const links = new Links();

  beforeAll(async () => {
    // Nothing is sent to the URLs that are made up here.
    app = await startTestApp({ ROLES: 'api,scheduler' });
    document = exact((await app.request().get('/openapi.json').expect(200)).body as OpenApiDocument);
    operations = operationsOf(document);
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    exchange = new Exchange(app.url, {
      nobody: {},
      forger: { ...bearer('a.b.c'), 'x-internal-token': `${CLOSE_TOKEN}x` },
      player: { authorization: (await addPlayer(app)).bearer },
      admin: { authorization: await adminBearer(app) },
      operator: { 'x-internal-token': CLOSE_TOKEN },
    });
  });

  afterAll(async () => {
    exchange.close();
    await app.close();
  });

  it('is answered as the document says, step by step along its links', async () => {
    for (const step of story(operations)) await expectDescribed(step);
    const right = operations.map((operation) => rightSteps(operation, document));
    const walks = fc.array(fc.oneof(...right), { minLength: WALK_LENGTH, maxLength: WALK_LENGTH });
    await hold(walks, RUNS, async (steps) => {
      for (const step of steps) await expectDescribed(step);
    });
    const linked = operations.flatMap(({ described }) =>
      Object.values(described.responses).flatMap(({ links: all = {} }) =>
        Object.values(all).map((one) => one.operationId),
      ),
    );
    expect(links.targets).toEqual(new Set(linked));
  }, 300_000);

  it('is not refused as invalid where the document allows it', async () => {
    for (const operation of operations) await expectTaken(rightSteps(operation, document));
  }, 300_000);

  it('is refused where the document does not allow it', async () => {
    for (const operation of operations) await expectRefused(wrongSteps(operation, document));
  }, 300_000);

  describe('is judged, so that this is found', () => {
    // The log tells of what is planted here.
    beforeAll(() => {
      app.app.useLogger(false);
    });

    const operation = (id: string, among = operations) => among.find((one) => one.id === id) as Operation;

    /** The document with another upper bound for the size of a pool. */
    function withLargestPool(maximum: number): OpenApiDocument {
      const other = JSON.parse(JSON.stringify(document)) as { components: { schemas: { PoolRulesBody: Bounded } } };
      other.components.schemas.PoolRulesBody.properties.size.maximum = maximum;
      return other as never;
    }

    it('a defect', async () => {
      const pools = app.app.get(ReadPools, { strict: false });
      const broken = jest.spyOn(pools, 'page').mockRejectedValue(new TypeError('planted'));
      await expect(expectTaken(rightSteps(operation('poolsList'), document), RUNS_WITH_A_BUG)).rejects.toThrow(
        'Property failed',
      );
      broken.mockRestore();
    });

    it('an input that the service takes and the document forbids', async () => {
      const strict = operation('poolRulesChange', operationsOf(withLargestPool(2)));
      const steps = rightSteps(operation('poolRulesChange'), document).map((step) => ({ ...step, operation: strict }));
      await expect(expectRefused(steps, RUNS_WITH_A_BUG)).rejects.toThrow('Property failed');
    });

    it('an input that the service refuses and the document allows', async () => {
      const other = withLargestPool(1_000_000);
      const steps = rightSteps(operation('poolRulesChange', operationsOf(other)), other);
      await expect(expectTaken(steps, RUNS_WITH_A_BUG)).rejects.toThrow('Property failed');
    });

    it('an answer that the document does not describe', async () => {
      const pools = app.app.get(ReadPools, { strict: false });
      const broken = jest.spyOn(pools, 'page').mockRejectedValue(new AccessForbidden());
      await expect(expectTaken(rightSteps(operation('poolsList'), document), RUNS_WITH_A_BUG)).rejects.toThrow(
        'Property failed',
      );
      broken.mockRestore();
    });
  });

  /** A machine that is too busy may answer 503 for a while, and says so; no input may. */
  async function sendPatiently(step: Step): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      const reply = await exchange.send(step);
      if (reply.status !== 503 || attempt === MAX_ATTEMPTS) return reply;
      await pause(RETRY_MS);
    }
  }

  function expectTaken(steps: fc.Arbitrary<Step>, runs = RUNS): Promise<void> {
    return hold(steps, runs, async (step) => {
      const { code, status } = await expectDescribed(step);
      expect([400, 413, 414, 415].includes(status) && isOfInput(code)).toBe(false);
    });
  }

  function expectRefused(steps: fc.Arbitrary<Step>, runs = RUNS): Promise<void> {
    return hold(steps, runs, async (step) => {
      const { status } = await expectDescribed(step);
      if (!isAllowed(step)) expect(status).toBeGreaterThanOrEqual(400);
    });
  }

  /** Sends the step; whatever comes of it must be described, no defect, and for nobody who may not ask. */
  async function expectDescribed(given: Step): Promise<Reply> {
    const step = links.follow(given);
    const reply = await sendPatiently(step);
    const { operation, input, raw } = step;
    const what = { asked: `${step.caller}: ${operation.id}`, input, raw, answered: reply };
    expect({ ...what, faults: takeContractFaults() }).toEqual({ ...what, faults: [] });
    expect({ ...what, isDefect: reply.status >= 500 }).toEqual({ ...what, isDefect: false });
    // A body that is no JSON is refused before it is asked who sent it.
    if (operation.scheme !== null && isStranger(step.caller)) {
      const refusals = raw ? [400, 401, 403, 413, 415] : [401, 403];
      expect({ ...what, isRefused: refusals.includes(reply.status) }).toEqual({ ...what, isRefused: true });
    }
    if (reply.status < 300) links.add(step, reply);
    return reply;
  }

  /** What fails is not made smaller: the service is another one by then. */
  function hold<T>(values: fc.Arbitrary<T>, runs: number, check: (value: T) => Promise<void>): Promise<void> {
    return fc.assert(fc.asyncProperty(values, check), { numRuns: runs, seed: SEED, endOnFailure: true });
  }
});

interface Bounded {
  readonly properties: { readonly size: { maximum: number } };
}

/** What people do: without it, what is made up would rarely meet anything that exists. */
function story(operations: readonly Operation[]): Step[] {
  const game = '5b1f6b0e-0a4f-4c55-9f5e-6f0f4a1d2c3b';
  const step = (id: string, caller: Caller, body?: unknown, parameters: Input['parameters'] = {}, pick = 0): Step => {
    const operation = operations.find((one) => one.id === id);
    if (operation === undefined) throw new Error(`there is no operation ${id}`);
    return { operation, caller, input: { parameters, ...(body !== undefined && { body }) }, pick };
  };
  const stake = { message: { eventType: 'player.stakeCreated' }, game: { playerId: game, gameId: game, stake: '100' } };
  return [
    step('authRegister', 'nobody', { username: 'walker', password: 'correct horse battery' }),
    step('authLogin', 'nobody', {}),
    step('authRefresh', 'nobody', {}),
    step('lotteriesOpen', 'admin', { date: '2090-06-01' }),
    step('lotteriesOpen', 'admin', { date: '2090-06-02' }),
    ...['player', 'admin', 'player'].map((caller) => step('lotteryBallotsSubmit', caller as Caller)),
    step('lotteriesClose', 'operator', undefined, { 'query.early': 'true' }),
    step('poolRulesChange', 'admin', { size: 2, payoutShare: 9_000 }, { 'path.gameId': game }),
    ...[1, 2, 3].map(() => step('stakesSubmit', 'operator', stake)),
    step('webhooksRegister', 'admin', { url: 'https://receiver.example/', types: ['*'] }),
    step('webhookDeliveriesTest', 'admin'),
    ...['lotteriesWinner', 'lotteryProofsBundle', 'ballotsProve', 'poolsFind', 'poolProofsBundle'].map((id) =>
      step(id, 'nobody'),
    ),
  ];
}

function isStranger(caller: Caller): boolean {
  return caller === 'nobody' || caller === 'forger';
}

/** A refusal of the input itself, not of what it asks for. */
function isOfInput(code: string | null): boolean {
  return code === 'request.invalid' || code?.startsWith('http.') === true;
}

function isAllowed({ operation, input, raw }: Step): boolean {
  if (raw === undefined) return operation.allows(input);
  const { parameters } = input;
  if (raw.text === '') return operation.allows({ parameters });
  if (!raw.type.startsWith('application/json')) return false;
  try {
    return operation.allows({ parameters, body: JSON.parse(raw.text) as unknown });
  } catch {
    return false;
  }
}
