import { Logger } from '@nestjs/common';
import { AssignerProtocol } from 'kafkajs';
import { DatabaseProxy } from '../support/database-proxy';
import { pause } from '../support/pause';
import { buildService } from '../support/service-process';
import { committed, until } from './support/kafka';
import { entriesIn, faultsInPools, messagesIn } from './support/stake-books';
import { STAKES_GROUP, STAKES_TOPIC, StakeStage } from './support/stake-stage';

const KILLS = 6;
const KILLED_AMONG = 5_000;
/** Longer than a group waits for a consumer of which it hears nothing. */
const OUTAGE_MS = 15_000;
/** What has not come by then does not come. */
const LONG_MS = 3_000;

const ownBrokers = process.env['OWN_BROKERS'] === 'true' ? describe : describe.skip;
ownBrokers('Processes that take stakes from Kafka', () => {
  let stage: StakeStage;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    await buildService();
  }, 120_000);

  beforeEach(async () => {
    stage = await StakeStage.set();
  }, 60_000);

  afterEach(() => stage.clear(), 60_000);

  const expectEachOnce = async (): Promise<void> => {
    expect(await faultsInPools(stage.database, stage.traffic.announced)).toEqual([]);
    expect(stage.fleet.trouble()).toEqual([]);
  };

  it(`put each of ${KILLED_AMONG} stakes into one pool once while ${KILLS} of them are killed`, async () => {
    await stage.fleet.start('consumer', 2);
    for (let kill = 1; kill <= KILLS; kill++) {
      await stage.flow(Math.ceil((kill * KILLED_AMONG) / (KILLS + 1)));
      await pause(Math.random() * 100);
      await stage.fleet.kill('consumer');
    }
    stage.traffic.allow(KILLED_AMONG);
    await stage.allIn(KILLED_AMONG);
    await expectEachOnce();
  }, 300_000);

  it('lose stakes where offsets are committed before they are taken: the test above does strike', async () => {
    stage.fleet = stage.anotherFleet({ program: 'test/kafka/support/commit-first.child.cjs' });
    await stage.announced(KILLED_AMONG);
    await stage.fleet.start('consumer', 2);
    for (let kill = 1; kill <= 3; kill++) {
      const before = await committed(stage.connection, STAKES_GROUP, STAKES_TOPIC);
      await until(async () => (await committed(stage.connection, STAKES_GROUP, STAKES_TOPIC)) > before);
      await stage.fleet.kill('consumer');
    }
    await until(async () => (await committed(stage.connection, STAKES_GROUP, STAKES_TOPIC)) === KILLED_AMONG);
    await pause(LONG_MS);
    expect(await faultsInPools(stage.database, stage.traffic.announced)).toContainEqual(
      expect.stringMatching(/^entries missing: /),
    );
  }, 300_000);

  it('take the 100 that were announced while they were stopped, each once', async () => {
    await stage.fleet.start('consumer', 1);
    await stage.announced(50);
    await stage.allIn(50);
    await stage.fleet.end('SIGTERM');
    await stage.announced(150);
    await pause(LONG_MS);
    expect(await entriesIn(stage.database)).toBe(50);
    await stage.fleet.start('consumer', 1);
    await stage.allIn(150);
    await pause(LONG_MS);
    expect(await entriesIn(stage.database)).toBe(150);
    await expectEachOnce();
  }, 120_000);

  it('share the partitions anew when others come and go, and still take each stake once', async () => {
    const second = stage.anotherFleet();
    const assigned = async () => (await assignments(stage)).sort();
    await stage.fleet.start('consumer', 1);
    await stage.flow(500);
    expect(await assigned()).toEqual([8]);
    await second.start('consumer', 1);
    stage.traffic.allow(2_000);
    await until(async () => (await assigned()).join() === '4,4');
    await stage.flow(3_000);
    await stage.fleet.end('SIGTERM');
    await until(async () => (await assigned()).join() === '8');
    await stage.flow(4_000);
    await stage.fleet.start('consumer', 1);
    await until(async () => (await assigned()).join() === '4,4');
    stage.traffic.allow(KILLED_AMONG);
    await stage.allIn(KILLED_AMONG);
    expect(second.trouble()).toEqual([]);
    await second.end('SIGTERM');
    await expectEachOnce();
  }, 300_000);

  it('wait while the database is away, keep their partitions, and go on when it is back; nothing is refused', async () => {
    const proxy = await DatabaseProxy.start(stage.database.url);
    stage.fleet = stage.anotherFleet({ databaseUrl: proxy.url });
    await stage.fleet.start('consumer', 1);
    await stage.flow(100);
    const [member] = await members(stage);
    stage.traffic.allow(1_000);
    await pause(100);
    proxy.cut();
    await pause(OUTAGE_MS);
    const during = await entriesIn(stage.database);
    await stage.announced(2_000);
    await pause(LONG_MS);
    expect(await entriesIn(stage.database)).toBe(during);
    proxy.mend();
    await stage.allIn(2_000);
    expect((await members(stage)).map(({ memberId }) => memberId)).toEqual([member?.memberId]);
    expect(await messagesIn(stage.connection, `${STAKES_TOPIC}.dlq`)).toBe(0);
    await expectEachOnce();
    await stage.fleet.end('SIGKILL');
    await proxy.stop();
  }, 120_000);

  it('wait where the database refuses them, and come in when it does not; none becomes a dead letter', async () => {
    await stage.database.dataSource.query(
      'alter table pool_entries add constraint planted check (stake_minor % 10 <> 0)',
    );
    await stage.fleet.start('consumer', 1);
    await stage.announced(200);
    await until(() => /has stopped at offset.*violates check constraint/s.test(stage.fleet.output()));
    expect(await entriesIn(stage.database)).toBeLessThan(200);

    await stage.database.dataSource.query('alter table pool_entries drop constraint planted');
    await stage.allIn(200);
    await expectEachOnce();
    expect(await messagesIn(stage.connection, `${STAKES_TOPIC}.dlq`)).toBe(0);
  }, 120_000);
});

async function members({ connection }: StakeStage) {
  const admin = connection.client.admin();
  await admin.connect();
  try {
    const { groups } = await admin.describeGroups([STAKES_GROUP]);
    return groups[0]?.state === 'Stable' ? groups[0].members : [];
  } finally {
    await admin.disconnect();
  }
}

/** How many partitions each member of the group has. */
async function assignments(stage: StakeStage): Promise<number[]> {
  return (await members(stage)).map(({ memberAssignment }) => {
    const decoded = AssignerProtocol.MemberAssignment.decode(memberAssignment);
    return Object.values(decoded?.assignment ?? {}).flat().length;
  });
}
