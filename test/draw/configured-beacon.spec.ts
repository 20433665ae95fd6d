import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUICKNET } from '../../src/draw/domain/beacon-chain';
import { BeaconConfig } from '../../src/draw/infrastructure/beacon-config';
import { configuredBeacon } from '../../src/draw/infrastructure/configured-beacon';
import type { DrandBeacon } from '../../src/draw/infrastructure/drand-beacon';
import { ConfigurationRefused, readConfig } from '../../src/platform/config/config';
import { TestRelay } from '../support/drand-relay';
import { FakeClock } from '../shared/fakes';
import { TestChain } from '../support/test-chain';

describe('the configured beacon', () => {
  const own = new TestChain();
  const clock = new FakeClock();
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'beacon-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const beaconOf = (environment: Record<string, string>): DrandBeacon =>
    configuredBeacon(readConfig([BeaconConfig], environment), clock);

  async function fileOf(text: string): Promise<string> {
    await writeFile(join(folder, 'info.json'), text);
    return join(folder, 'info.json');
  }

  it('is none unless switched on, and quicknet then', () => {
    expect(beaconOf({}).chain).toBeNull();
    expect(beaconOf({ BEACON: 'drand' }).chain).toBe(QUICKNET);
  });

  it('binds new draws to a chain of our own', async () => {
    const beacon = beaconOf({ BEACON: 'drand', DRAND_CHAIN_INFO: await fileOf(own.infoJson) });
    expect(beacon.chain).toEqual(own.chain);
  });

  it('serves draws that were opened with it after it is switched off', async () => {
    const relay = await TestRelay.start({ chain: own });
    const beacon = beaconOf({
      BEACON: 'none',
      DRAND_RELAYS: `${relay.url}/`,
      DRAND_CHAIN_INFO: await fileOf(own.infoJson),
    });
    expect(beacon.chain).toBeNull();
    expect(await beacon.signatureOf(own.chain, 7)).toEqual(own.sign(7));
    await beacon.onModuleDestroy();
    await relay.stop();
  });

  it.each([
    ['is not JSON', 'half a fi', 'DRAND_CHAIN_INFO cannot be used: it is not JSON'],
    ['is no object', '7', 'DRAND_CHAIN_INFO cannot be used: the chain must be a JSON object'],
    [
      'is of another scheme',
      own.infoJson.replace('rfc9380', 'rfc0'),
      'DRAND_CHAIN_INFO cannot be used: schemeID must be bls-unchained-g1-rfc9380',
    ],
    [
      'was tampered with',
      own.infoJson.replace('"period":3', '"period":4'),
      'DRAND_CHAIN_INFO cannot be used: hash is not that of the other fields',
    ],
  ])('refuses to start with a chain whose description %s', async (_, text, fault) => {
    expect(await faultsOf(await fileOf(text))).toEqual([fault]);
  });

  it('refuses to start with a chain whose description is not there', async () => {
    expect(await faultsOf(join(folder, 'absent.json'))).toEqual(['DRAND_CHAIN_INFO cannot be used: ENOENT']);
    expect(await faultsOf(folder)).toEqual(['DRAND_CHAIN_INFO cannot be used: EISDIR']);
  });

  async function faultsOf(file: string): Promise<readonly string[]> {
    try {
      beaconOf({ BEACON: 'drand', DRAND_CHAIN_INFO: file });
      return [];
    } catch (error) {
      if (error instanceof ConfigurationRefused) return error.faults;
      throw error;
    }
  }
});
