import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Outbox } from '../../../src/shared/application/outbox';
import { UnitOfWork } from '../../../src/shared/application/unit-of-work';
import { pause } from '../../support/pause';
import { buildService } from '../../support/service-process';
import { startTestApp, TestApp, testConfig } from '../../support/test-app';
import { comesTrue } from '../../support/until';

const REPLICAS = 2;
/** Of each replica; then one comes for good. */
const DEATHS = 5;
/** A relay dies after so many events at most, published or handled. */
const LONGEST_LIFE = 250;
/** With the planted bug there soon is nothing left to die of. */
const SHORT_LIFE = 20;
const AGGREGATES = 40;
const EVENTS_EACH = 50;

interface Told {
  readonly id: string;
  readonly aggregate: string;
  readonly version: number;
}

describe('kill -9 of relays', () => {
  let app: TestApp;
  let relays: ChildProcess[];

  beforeAll(buildService, 120_000);

  beforeEach(async () => {
    app = await startTestApp({ ROLES: 'api' });
    relays = [];
    for (const table of ['published', 'effects']) {
      await app.database.dataSource.query(
        `create table ${table} (place bigint generated always as identity, id uuid, aggregate_id text, version integer)`,
      );
    }
  });

  afterEach(async () => {
    await Promise.all(relays.map(kill));
    await app.close();
  });

  const start = (life: number, bug = ''): ChildProcess => {
    const config = Object.entries(testConfig(app.database.url, { ROLES: 'relay' }));
    const given = config.filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]);
    const env = Object.fromEntries(given) as Record<string, string>;
    const relay = fork(join(__dirname, 'relay.child.cjs'), [String(life), bug], { env });
    relays.push(relay);
    return relay;
  };

  const dieAgainAndAgain = async (deaths: number, bug?: string): Promise<void> => {
    for (let death = 0; death < deaths; death++) {
      const relay = start(1 + Math.floor(Math.random() * (bug ? SHORT_LIFE : LONGEST_LIFE)), bug);
      const [, signal] = (await once(relay, 'exit')) as [number | null, string | null];
      expect(signal).toBe('SIGKILL');
    }
  };

  const addEvents = async (): Promise<void> => {
    const [work, outbox] = [app.app.get(UnitOfWork), app.app.get(Outbox)];
    for (let step = 0; step < EVENTS_EACH; step++) {
      const events = Array.from({ length: AGGREGATES }, (_, i) => ({
        type: 'thing.moved',
        aggregateId: `thing ${i}`,
        payload: { step },
      }));
      for (const some of [events.slice(0, AGGREGATES / 2), events.slice(AGGREGATES / 2)]) {
        await work.run(() => outbox.add(some));
      }
      await pause(100);
    }
  };

  /** Adds events while relays die in the midst of delivering them; what was told in the end. */
  const survive = async (deaths: number, bug?: string) => {
    await Promise.all([addEvents(), ...Array.from({ length: REPLICAS }, () => dieAgainAndAgain(deaths, bug))]);
    // Not before all have died: it would leave nothing to die of.
    await once(start(0, bug), 'message');
    const undelivered = `select 1 from outbox_events where dispatched_at is null or published_at is null limit 1`;
    const delivered = await comesTrue(async () => (await app.database.dataSource.query<[]>(undelivered)).length === 0);
    return { delivered, published: await told('published'), effects: await told('effects') };
  };

  const told = (table: string) =>
    app.database.dataSource.query<Told[]>(`select id, aggregate_id as aggregate, version from ${table} order by place`);

  it('loses no event and keeps the order of each aggregate; effects within the service are there once', async () => {
    const { delivered, published, effects } = await survive(DEATHS);
    expect(delivered).toBe(true);
    expect(inOrder(effects)).toBe(true);
    expect(effects).toHaveLength(AGGREGATES * EVENTS_EACH);
    const once = firstOfEach(published);
    expect(inOrder(once)).toBe(true);
    expect(once).toHaveLength(AGGREGATES * EVENTS_EACH);
    // It did strike while events were under way.
    expect(published.length).toBeGreaterThan(once.length);
  }, 100_000);

  it('loses events where they are marked before they are delivered: the test above does strike', async () => {
    const { published, effects } = await survive(1, 'mark-first');
    const lost = [firstOfEach(published), effects].map((all) => AGGREGATES * EVENTS_EACH - all.length);
    expect(Math.max(...lost)).toBeGreaterThan(0);
  }, 100_000);
});

async function kill(relay: ChildProcess): Promise<void> {
  if (relay.exitCode !== null || relay.signalCode !== null) return;
  const ended = once(relay, 'exit');
  relay.kill('SIGKILL');
  await ended;
}

/** What a consumer keeps that knows the ids it has had. */
function firstOfEach(all: readonly Told[]): Told[] {
  return [...new Map(all.toReversed().map((one) => [one.id, one])).values()].toReversed();
}

function inOrder(all: readonly Told[]): boolean {
  const last = new Map<string, number>();
  return all.every(({ aggregate, version }) => {
    const isNext = version === (last.get(aggregate) ?? 0) + 1;
    last.set(aggregate, version);
    return isNext;
  });
}
