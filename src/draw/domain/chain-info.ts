import { createHash } from 'node:crypto';
import { BEACON_SCHEME, BeaconChain } from './beacon-chain';

/** 68 years; drand itself has room for twice that. */
const MAX_PERIOD_SECONDS = 2 ** 31 - 1;
/** The end of the year 9999, the last instant that the service can write. */
const MAX_GENESIS_SECONDS = 253_402_300_799;

/**
 * Returns the chain that drand's `/info` describes, after checking that its fields produce its hash.
 *
 * @throws Error with the reason if they do not, or if the chain has another scheme.
 */
export function chainFromInfo(info: unknown): BeaconChain {
  const { schemeID, public_key, period, genesis_time, hash, groupHash, metadata } = fieldsOf(info, 'the chain');
  if (schemeID !== BEACON_SCHEME) throw new Error(`schemeID must be ${BEACON_SCHEME}`);
  const publicKey = hex(public_key, 96, 'public_key');
  const periodSeconds = whole(period, 1, MAX_PERIOD_SECONDS, 'period');
  const genesisSeconds = whole(genesis_time, 0, MAX_GENESIS_SECONDS, 'genesis_time');
  const expected = createHash('sha256')
    .update(bigEndian(periodSeconds, 4))
    .update(bigEndian(genesisSeconds, 8))
    .update(publicKey, 'hex')
    .update(hex(groupHash, 32, 'groupHash'), 'hex')
    .update(hashedId(metadata))
    .digest('hex');
  if (hex(hash, 32, 'hash') !== expected) throw new Error('hash is not that of the other fields');
  return new BeaconChain(expected, publicKey, genesisSeconds, periodSeconds);
}

/** drand omits the name of its first network. */
function hashedId(metadata: unknown): string {
  const { beaconID = '' } = metadata === undefined ? {} : fieldsOf(metadata, 'metadata');
  if (typeof beaconID !== 'string') throw new Error('metadata.beaconID must be a text');
  return beaconID === 'default' ? '' : beaconID;
}

function fieldsOf(value: unknown, name: string): Partial<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error(`${name} must be a JSON object`);
  return value;
}

function hex(value: unknown, bytes: number, name: string): string {
  const isHex = typeof value === 'string' && value.length === 2 * bytes && /^[0-9a-f]+$/.test(value);
  if (!isHex) throw new Error(`${name} must be ${2 * bytes} lower-case hex digits`);
  return value;
}

function whole(value: unknown, min: number, max: number, name: string): number {
  const isWhole = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  if (!isWhole) throw new Error(`${name} must be a whole number from ${min} to ${max}`);
  return value;
}

function bigEndian(value: number, bytes: 4 | 8): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(BigInt(value));
  return buffer.subarray(8 - bytes);
}
