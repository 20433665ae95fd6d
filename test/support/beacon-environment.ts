import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay } from './drand-relay';
import { TestChain } from './test-chain';

/** What the service needs for draws with a beacon: a chain whose key the test holds, and relays that serve it. */
export interface BeaconEnvironment {
  readonly chain: TestChain;
  readonly relays: readonly TestRelay[];
  /** Configuration of a service that uses them. */
  readonly config: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startBeacon(relayCount = 1): Promise<BeaconEnvironment> {
  const chain = new TestChain();
  const relays = await Promise.all(Array.from({ length: relayCount }, () => TestRelay.start({ chain })));
  const folder = await mkdtemp(join(tmpdir(), 'lottery-chain-'));
  const info = join(folder, 'info.json');
  await writeFile(info, chain.infoJson);
  return {
    chain,
    relays,
    config: { BEACON: 'drand', DRAND_RELAYS: relays.map(({ url }) => url).join(','), DRAND_CHAIN_INFO: info },
    stop: async () => {
      await Promise.all(relays.map((relay) => relay.stop()));
      await rm(folder, { recursive: true });
    },
  };
}
