import { createPublicKey, KeyObject, verify } from 'node:crypto';
import { checkpointBody } from '../../shared/domain/signed-note';
import { demand, RowName } from './fault';

const VERIFIER_KEY = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u;
const SIGNATURE_LINE = /^— (\S+) (\S+)\n$/u;
const SPKI_ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_ID_BYTES = 4;

interface TrustedKey {
  readonly text: string;
  readonly name: string;
  /** 8 hex digits. */
  readonly id: string;
  readonly publicKey: KeyObject;
}

/** A verified signed note (c2sp.org/signed-note). */
export interface OpenedNote {
  /** Including its last line feed. */
  readonly body: string;
  /** The verifier key that it is signed with. */
  readonly key: string;
  /** The name of that key. */
  readonly origin: string;
}

/** The keys with which the service signs or has signed. */
export class TrustedKeys {
  private readonly keys: readonly TrustedKey[];

  /** @throws Error if one is not a verifier key. */
  constructor(verifierKeys: readonly string[]) {
    this.keys = verifierKeys.map(parse);
  }

  /**
   * `what`: the name of the text in the row. @throws Fault unless it carries exactly one signature, by one of the keys.
   */
  open(note: string, step: string, row: RowName, what: string): OpenedNote {
    const end = note.lastIndexOf('\n\n');
    const body = note.slice(0, end + 1);
    const [, name, encoded = ''] = (end > 0 && SIGNATURE_LINE.exec(note.slice(end + 2))) || [];
    const signature = Buffer.from(encoded, 'base64');
    demand(name !== undefined && signature.toString('base64') === encoded, step, row, `${what} is no signed note`);
    const id = signature.subarray(0, KEY_ID_BYTES).toString('hex');
    const key = this.keys.find((one) => one.name === name && one.id === id);
    demand(key, step, row, `${what} is signed with the key ${name}+${id}, which is not trusted`);
    const isGenuine = verify(null, Buffer.from(body), key.publicKey, signature.subarray(KEY_ID_BYTES));
    demand(isGenuine, step, row, `the signature of ${what} is wrong`);
    return { body, key: key.text, origin: name };
  }

  /**
   * Returns the base64 root of the checkpoint of a tree of this size. `log`: what follows the origin in its first line.
   * @throws Fault
   */
  rootOf(note: string, log: string, size: number, step: string, row: RowName): string {
    const { body, origin } = this.open(note, step, row, 'note');
    const root = body.split('\n')[2] ?? '';
    const expected = checkpointBody(`${origin}/${log}`, size, Buffer.from(root, 'base64'));
    demand(body === expected, step, row, `note is not the checkpoint of ${log} with size ${size}`);
    return root;
  }
}

function parse(text: string): TrustedKey {
  const [, name, id, encoded] = VERIFIER_KEY.exec(text) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (!name || !id || bytes.length !== 33) throw new Error(`not a verifier key: ${text}`);
  const der = Buffer.concat([SPKI_ED25519_PREFIX, bytes.subarray(1)]);
  return { text, name, id, publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}
