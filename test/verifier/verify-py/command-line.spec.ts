import { hash } from 'node:crypto';
import quicknet from '../../vectors/drand-quicknet.json';
import vectors from '../../vectors/draw-v1.json';
import { BuiltDraw } from '../bundle-builder';
import { TestChain } from '../test-chain';
import { describeVerifyPy, KEY, runPython, SCRIPT, VERIFIER } from './describe-verify-py';

const VECTOR_KEY = vectors.verifierKey;

describeVerifyPy(({ failedStep, file, folder }) => {
  describe('the command line', () => {
    const { info } = new TestChain();

    it.each<[string, string[]]>([
      ['nothing', []],
      ['no key', ['bundle.json']],
      ['an unknown option', ['bundle.json', '--key', KEY, '--keys', KEY]],
      ['a part of an option', ['bundle.json', '--key', KEY, '--rec', 'bundle.json']],
      ['a proof without a receipt', ['bundle.json', '--key', KEY, '--proof', 'bundle.json']],
      ['a bundle that is not there', ['missing.json', '--key', KEY]],
      ['a list that is not there', ['bundle.json', 'missing.txt', '--key', KEY]],
      ['a list that is a folder', ['bundle.json', '.', '--key', KEY]],
      ['a receipt that is not there', ['bundle.json', '--key', KEY, '--receipt', 'missing.json']],
      ['a chain that is not there', ['bundle.json', '--key', KEY, '--chain', 'missing.json']],
      ['a chain that does not fit its hash', ['bundle.json', '--key', KEY, '--chain', 'false-chain.json']],
      ['a chain that is none', ['bundle.json', '--key', KEY, '--chain', 'bundle.json']],
      ['a key without a name', ['bundle.json', '--key', KEY.replace('lottery.example', '')]],
      ['a key with another name', ['bundle.json', '--key', KEY.replace('lottery', 'Lottery')]],
      ['a key and a space', ['bundle.json', '--key', `${KEY} `]],
      ['a key of small order', ['bundle.json', '--key', verifierKey(`01${'01'.padEnd(64, '0')}`)]],
      ['a key that is no point', ['bundle.json', '--key', verifierKey(`01${'02'.padEnd(64, '0')}`)]],
      ['a key of another type', ['bundle.json', '--key', verifierKey(`02${'66'.repeat(32)}`)]],
    ])('exits with 2 on %s', async (_, args) => {
      await file('bundle.json', new BuiltDraw().json);
      await file('false-chain.json', { ...info, period: 30 });
      const { code, stdout, stderr } = await runPython([SCRIPT, ...args], '', folder());
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^(usage|verify): ?./);
      expect(stderr).not.toContain('Traceback');
    });

    it('trusts the key that was given and no other', async () => {
      const { verifierKey: bundleKey } = new BuiltDraw().bundle;
      expect(bundleKey).not.toBe(VECTOR_KEY);
      expect(await failedStep(new BuiltDraw().json, { key: VECTOR_KEY })).toBe('key');
    });

    it('explains itself', async () => {
      const { code, stdout } = await runPython([SCRIPT, '--help']);
      expect(code).toBe(0);
      for (const word of ['--key', '--receipt', '--proof', '--chain', '--json', 'Exit codes', 'standard input']) {
        expect(stdout).toContain(word);
      }
    });
  });

  describe('the pairing', () => {
    const { public_key: publicKey, dst } = quicknet.quicknet;
    const PROGRAM = `
import sys, hashlib, bls12381
key, number, signature, dst = sys.argv[1:]
message = hashlib.sha256(int(number).to_bytes(8, "big")).digest()
print(bls12381.why_refused(bytes.fromhex(key), message, bytes.fromhex(signature), dst.encode()))`;

    const reasonFor = async (round: number, signature: string, key = publicKey) => {
      const args = ['-c', PROGRAM, key, `${round}`, signature, dst];
      const { code, stdout } = await runPython(args, '', VERIFIER);
      expect(code).toBe(0);
      return stdout.trim();
    };

    it.each(quicknet.beacons)('accepts round $round of quicknet', async ({ round, signature }) => {
      expect(await reasonFor(round, signature)).toBe('None');
    });

    it.each(quicknet.mustBeRefused)('refuses $id', async ({ round, signature }) => {
      expect(await reasonFor(round, signature)).not.toBe('None');
    });

    it('refuses a public key at infinity', async () => {
      const reason = await reasonFor(1, quicknet.beacons[0]!.signature, `c0${'00'.repeat(95)}`);
      expect(reason).toMatch(/^the public key is not/);
    });
  });
});

/** A verifier key string whose id is right. */
function verifierKey(typedHex: string): string {
  const typed = Buffer.from(typedHex, 'hex');
  const id = hash('sha256', Buffer.concat([Buffer.from('lottery.example\n'), typed])).slice(0, 8);
  return `lottery.example+${id}+${typed.toString('base64')}`;
}
