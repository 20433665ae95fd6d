import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Role } from '../../src/platform/config/service-config';
import { buildService, ServiceProcess, startService } from '../support/service-process';
import { CLOSE_TOKEN } from '../support/test-app';
import { comesTrue } from '../support/until';
import { entriesIn } from './support/stake-books';
import { StakeStage } from './support/stake-stage';

const ROLES: readonly Role[] = ['api', 'consumer', 'scheduler', 'relay'];
const DAY_MS = 86_400_000;
const SOON_MS = 30_000;
/** Longer than any interval of the scheduler and the relay. */
const LONG_MS = 4_000;

const ownBrokers = process.env['OWN_BROKERS'] === 'true' ? describe : describe.skip;
ownBrokers('A process for each role, with Kafka', () => {
  let stage: StakeStage;
  let services: Map<Role, ServiceProcess>;
  let days: number;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    await buildService();
  }, 120_000);

  beforeEach(async () => {
    stage = await StakeStage.set();
    services = new Map();
    days = 0;
    await Promise.all(ROLES.map(start));
  }, 60_000);

  afterEach(async () => {
    await Promise.all([...services.values()].map((service) => service.stop('SIGKILL')));
    await stage.clear();
  }, 60_000);

  const start = async (role: Role): Promise<void> => {
    services.set(role, await startService({ ...stage.environment, ROLES: role }));
  };

  const count = async (what: string): Promise<number> =>
    Number((await stage.database.dataSource.query<[{ count: string }]>(`select count(*) from ${what}`))[0].count);

  const answers = async (): Promise<boolean> => {
    const game = { playerId: randomUUID(), gameId: randomUUID(), stake: '100' };
    const announce = services.get('api')!.request().post('/pools/stakes').set('x-internal-token', CLOSE_TOKEN);
    const body = { message: { eventType: 'player.stakeCreated' }, game };
    return announce.send(body).then(
      ({ status }) => status === 201,
      () => false,
    );
  };

  /** Each role does what nobody else does. */
  const works: Readonly<Record<Role, (withinMs: number) => Promise<boolean>>> = {
    api: (withinMs) => comesTrue(answers, withinMs),
    consumer: async (withinMs) => {
      const before = await entriesIn(stage.database);
      stage.traffic.allow(stage.traffic.announced.length + 100);
      return comesTrue(async () => (await entriesIn(stage.database)) >= before + 100, withinMs);
    },
    scheduler: async (withinMs) => {
      const before = await count('lotteries');
      await stage.database.setClockOffset(++days * DAY_MS);
      return comesTrue(async () => (await count('lotteries')) > before, withinMs);
    },
    relay: (withinMs) =>
      comesTrue(
        async () => (await count('outbox_events where dispatched_at is null or published_at is null')) === 0,
        withinMs,
      ),
  };

  it.each(ROLES)(
    'goes on without the %s that is killed, which catches up when it is back',
    async (victim) => {
      for (const role of ROLES) expect([role, await works[role](SOON_MS)]).toEqual([role, true]);
      const told = await count('outbox_events where published_at is not null');
      await services.get(victim)!.stop('SIGKILL');
      for (const role of ROLES) {
        const isVictim = role === victim;
        expect([role, await works[role](isVictim ? LONG_MS : SOON_MS)]).toEqual([role, !isVictim]);
      }
      // The others had something to tell meanwhile.
      const events = await count('outbox_events');
      expect(events).toBeGreaterThan(told);
      await start(victim);
      for (const role of ROLES) expect([role, await works[role](SOON_MS)]).toEqual([role, true]);
    },
    240_000,
  );
});
