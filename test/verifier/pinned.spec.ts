import { hash } from 'node:crypto';
import { UnusableInput, verify } from '../../verifier/core/verify.mjs';
import { BuiltDraw } from './bundle-builder';
import { TestSigner } from './test-signer';
import { failureOf, verifyDraw } from './verify-draw';

const draw = new BuiltDraw({ beacon: 'test-chain', excluded: [1], winners: 2 });

describe('what the person gives', () => {
  const other = new TestSigner('lottery.example', 'other').verifierKey;
  const { key } = draw;

  it('is another key: nothing verifies', async () => {
    expect(failureOf(await verifyDraw(draw, { key: other }))).toMatch(/^key: /);
  });

  it.each([
    ['empty', ''],
    ['without a name', key.slice(key.indexOf('+'))],
    ['with a space in its name', `a ${key}`],
    ['with another id', key.replace(/\+\w{8}\+/, '+00000000+')],
    ['with its id in capitals', key.replace(/\+\w{8}\+/, (id) => id.toUpperCase())],
    ['with a digit more', `${key}A`],
    ['with another name', `x${key}`],
    ['with a key of small order', keyOfSmallOrder()],
    ['of another length', key.slice(0, -4)],
  ])('is a key that is none: %s', async (_, malformed) => {
    await expect(verify({ bundle: draw.json, key: malformed })).rejects.toThrow(UnusableInput);
  });

  it.each([
    ['nothing', {}],
    ['null', null as unknown as object],
    ['with another hash', { ...draw.chain.info, hash: '0'.repeat(64) }],
    ['with another period', { ...draw.chain.info, period: 4 }],
    ['with another genesis', { ...draw.chain.info, genesis_time: 5 }],
    ['with another scheme', { ...draw.chain.info, schemeID: 'pedersen-bls-chained' }],
    ['with another name', { ...draw.chain.info, metadata: { beaconID: 'default' } }],
    ['with a list for its key', { ...draw.chain.info, public_key: [draw.chain.info.public_key] }],
  ])('is a chain that is none: %s', async (_, chain) => {
    await expect(verifyDraw(draw, { chain })).rejects.toThrow(UnusableInput);
  });

  it('is no chain: the draw names one that nobody pinned', async () => {
    const report = await verify({ bundle: draw.json, key });
    expect(failureOf(report)).toBe('round: the chain is not a pinned one');
  });
});

/** Under the point 0 everything can be signed by everybody. */
function keyOfSmallOrder(): string {
  const typed = Buffer.concat([Buffer.of(1, 1), Buffer.alloc(31)]);
  const id = hash('sha256', Buffer.concat([Buffer.from('lottery.example\n'), typed])).slice(0, 8);
  return `lottery.example+${id}+${typed.toString('base64')}`;
}
