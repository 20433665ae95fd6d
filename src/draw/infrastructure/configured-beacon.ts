import { readFileSync } from 'node:fs';
import type { Clock } from '../../shared/application/clock';
import type { Metrics } from '../../shared/application/metrics';
import { ConfigurationRefused } from '../../platform/config/config';
import { BeaconChain, QUICKNET } from '../domain/beacon-chain';
import { chainFromInfo } from '../domain/chain-info';
import type { BeaconConfig } from './beacon-config';
import { DrandBeacon } from './drand-beacon';

/**
 * The configured beacon. A beacon that is switched off still serves draws that were opened with it.
 *
 * @throws ConfigurationRefused if DRAND_CHAIN_INFO names no usable chain.
 */
export function configuredBeacon(config: BeaconConfig, clock: Clock, metrics?: Metrics): DrandBeacon {
  const own = config.DRAND_CHAIN_INFO === undefined ? QUICKNET : chainIn(config.DRAND_CHAIN_INFO);
  return new DrandBeacon({
    chain: config.BEACON === 'drand' ? own : null,
    relayUrls: config.DRAND_RELAYS,
    clock,
    ...(metrics === undefined ? {} : { metrics }),
  });
}

function chainIn(file: string): BeaconChain {
  try {
    return chainFromInfo(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const { code, name, message } = error as NodeJS.ErrnoException;
    const reason = code ?? (name === 'SyntaxError' ? 'it is not JSON' : message);
    throw new ConfigurationRefused([`DRAND_CHAIN_INFO cannot be used: ${reason}`]);
  }
}
