import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { isGenuine } from '../../src/draw/infrastructure/bls-signature';
import { SignatureChecks } from '../../src/draw/infrastructure/signature-checks';
import { pause } from '../support/pause';
import { TestChain } from '../support/test-chain';

const own = new TestChain();
const claimOf = (round: number, signed = round) => ({
  publicKey: own.chain.publicKey,
  round,
  signature: own.sign(signed),
});

/** The share of the time in which the event loop of the service was busy. */
async function busyWhile(work: () => unknown): Promise<number> {
  const before = performance.eventLoopUtilization();
  await work();
  await new Promise((done) => setImmediate(done));
  return performance.eventLoopUtilization(before).utilization;
}

describe('signature checks', () => {
  let checks: SignatureChecks;
  beforeEach(() => (checks = new SignatureChecks()));
  afterEach(() => checks.end());

  it('tell genuine signatures from others, many at a time', async () => {
    const claims = [claimOf(1), claimOf(2, 1), claimOf(2), claimOf(3, 2), claimOf(4)];
    const verdicts = await Promise.all(claims.map((claim) => checks.isGenuine(claim)));
    expect(verdicts).toEqual([true, false, true, false, true]);
  });

  it('leave the event loop to everybody else', async () => {
    const claims = Array.from({ length: 10 }, (_, i) => claimOf(i + 1));
    await checks.isGenuine(claimOf(1));
    const busy = await busyWhile(() => Promise.all(claims.map((claim) => checks.isGenuine(claim))));
    expect(busy).toBeLessThan(0.5);
    // Planted bug: the same on the event loop.
    expect(await busyWhile(() => claims.map(isGenuine))).toBeGreaterThan(0.9);
  });

  it('go on in a new thread when one throws, exits, says nothing or cannot take the key', async () => {
    const threads = [
      () => new Worker('throw new Error("planted: throws at start")', { eval: true }),
      () => new Worker('process.exit(0)', { eval: true }),
    ];
    const broken = new SignatureChecks(10_000, () => threads.shift()!());
    await expect(broken.isGenuine(claimOf(1))).rejects.toThrow('throws at start');
    await expect(broken.isGenuine(claimOf(1))).rejects.toThrow('the thread that checks signatures ended');
    expect(threads).toEqual([]);

    const echo =
      'const { parentPort: port } = require("worker_threads"); port.on("message", () => port.postMessage(true));';
    const scripts = ['setInterval(() => {}, 1000)', echo];
    const silent = new SignatureChecks(2_000, () => new Worker(scripts.shift()!, { eval: true }));
    await expect(silent.isGenuine(claimOf(1))).rejects.toMatchObject({ cause: new Error('no verdict within 2000 ms') });
    expect(await silent.isGenuine(claimOf(1))).toBe(true);
    await silent.end();

    await expect(checks.isGenuine({ ...claimOf(1), publicKey: 'f'.repeat(192) })).rejects.toThrow('invalid encoding');
    expect(await checks.isGenuine(claimOf(1))).toBe(true);
  });

  it('survive that an idle thread breaks', async () => {
    const fragile = `
      const { parentPort } = require('node:worker_threads');
      parentPort.on('message', () => {
        parentPort.postMessage(true);
        setTimeout(() => { throw new Error('planted: breaks when idle'); }, 20);
      });`;
    let started = 0;
    const broken = new SignatureChecks(10_000, () => {
      started++;
      return new Worker(fragile, { eval: true });
    });
    expect(await broken.isGenuine(claimOf(1))).toBe(true);
    await pause(500);
    expect(await broken.isGenuine(claimOf(1))).toBe(true);
    expect(started).toBe(2);
    await broken.end();
  });

  it('end at once, also in the middle of one', async () => {
    const check = checks.isGenuine(claimOf(1));
    const waiting = checks.isGenuine(claimOf(2));
    const refused = Promise.all([expect(check).rejects.toThrow('ended'), expect(waiting).rejects.toThrow('ended')]);
    await new Promise((done) => setImmediate(done));
    await checks.end();
    await refused;
  });
});
