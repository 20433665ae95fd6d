import { parseOptions } from '@node-rs/argon2';
import { AuthBusy } from '../../src/user/domain/errors';
import { Argon2PasswordHasher } from '../../src/user/infrastructure/argon2-password-hasher';
import { FakeRandomness } from '../shared/fakes';

const alone = { address: '192.0.2.1', isKnown: false };

describe('password hashes', () => {
  let hasher: Argon2PasswordHasher;

  beforeEach(() => {
    hasher = new Argon2PasswordHasher(new FakeRandomness());
  });

  it('are argon2id with 19 MiB, two passes and one lane', async () => {
    const hash = await hasher.hash('correct horse', alone);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hash).not.toContain('correct horse');
  });

  it('are different each time', async () => {
    expect(await hasher.hash('correct horse', alone)).not.toBe(await hasher.hash('correct horse', alone));
  });

  it('know their password and no other', async () => {
    const hash = await hasher.hash('correct horse', alone);
    expect(await hasher.verify(hash, 'correct horse', alone)).toBe(true);
    expect(await hasher.verify(hash, 'Correct horse', alone)).toBe(false);
  });

  it('know their password however its accents were composed', async () => {
    expect(await hasher.verify(await hasher.hash('caf\u00e9 noir', alone), 'cafe\u0301 noir', alone)).toBe(true);
  });

  it('cost an unknown user the same work as a known one', async () => {
    const decoy = (hasher as unknown as { decoy: string }).decoy;
    expect(parseOptions(decoy)).toEqual(parseOptions(await hasher.hash('correct horse', alone)));
    expect(await hasher.verify(null, 'correct horse', alone)).toBe(false);
  });

  it.each<[string, number, () => Promise<unknown>]>([
    ['made', 65, () => hasher.hash('correct horse', alone)],
    ['compared', 66, () => hasher.verify(null, 'correct horse', alone)],
  ])(
    'are not %s when too many of one address wait, and are again when those have been served',
    async (_, most, work) => {
      const outcomes = await Promise.allSettled(Array.from({ length: 110 }, work));
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(110 - most);
      for (const { reason } of refused) expect(reason).toBeInstanceOf(AuthBusy);
      expect(await hasher.verify(await hasher.hash('correct horse', alone), 'correct horse', alone)).toBe(true);
    },
  );

  it('of a flood of registrations neither refuse a log-in nor make it wait for them', async () => {
    let made = 0;
    const flood = Array.from({ length: 150 }, () => hasher.hash('correct horse', alone).then(() => made++));
    const flooding = Promise.allSettled(flood);
    expect(await hasher.verify(null, 'correct horse', alone)).toBe(false);
    expect(made).toBeLessThan(10);
    await flooding;
  });

  it('do not hold a place for ever when one fails', async () => {
    for (let round = 0; round < 5; round++)
      await expect(hasher.verify('no hash', 'correct horse', alone)).rejects.toThrow();
    await expect(hasher.hash('correct horse', alone)).resolves.toBeDefined();
  });
});
