import { NoteSigner } from '../../src/shared/application/note-signer';
import { leafHash, nodeHash } from '../../src/shared/domain/merkle-tree';
import { verifyNote } from '../../src/shared/domain/signed-note';
import { BallotIntake } from '../../src/ballot/ballot.api';
import { close, drawIdOf, openFreshLottery, Receipt } from '../support/lottery-client';
import { addPlayer } from '../support/players';
import { rebuildLog } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';
import { consistent, rootFromInclusion } from '../support/verify-proof';

const SIZE = 66_000;

interface Inclusion extends Receipt {
  readonly size: number;
  readonly proof: string[];
}

describe('prove what a log contains', () => {
  let app: TestApp;
  let date: string;
  let lines: readonly string[];

  beforeAll(async () => {
    app = await startTestApp();
    date = await openFreshLottery(app);
    const drawId = await drawIdOf(app, date);
    const { id: userId } = await addPlayer(app);
    const intake = app.app.get(BallotIntake, { strict: false });
    for (let stored = 0; stored < SIZE; stored += 6_000) {
      const batch = Array.from({ length: 6_000 }, () =>
        intake.submit({ drawId, userId, idempotencyKey: null, count: 1 }),
      );
      await Promise.all(batch);
    }
    ({ lines } = await rebuildLog(app.database.dataSource, drawId));
  }, 120_000);

  afterAll(() => app.close());

  const idAt = (index: number) => lines[index]?.split(' ')[1] ?? '';

  const prove = async (index: number, size?: number) =>
    (
      await app
        .request()
        .get(`/ballots/${idAt(index)}/proof${size === undefined ? '' : `?size=${size}`}`)
        .expect(200)
    ).body as Inclusion;

  const checkpoint = async () => (await app.request().get(`/lotteries/${date}/checkpoint`).expect(200)).text;

  it('proves every kind of place in the tree as it is, against its signed checkpoint', async () => {
    const [, size, root] = (await checkpoint()).split('\n');
    expect(Number(size)).toBe(SIZE);
    for (const index of [
      0,
      1,
      15,
      16,
      17,
      255,
      256,
      511,
      4_095,
      4_096,
      65_535,
      65_536,
      65_791,
      65_792,
      SIZE - 2,
      SIZE - 1,
    ]) {
      const proof = await prove(index);
      expect(proof).toMatchObject({ index, size: SIZE, line: lines[index] });
      expect(proof.checkpoint).toBe(await checkpoint());
      expect(rootFromInclusion(leafHash(proof.line), index, SIZE, proof.proof).toString('base64')).toBe(root);
      expect(JSON.stringify(proof.proof).length).toBeLessThan(2_000);
    }
  });

  it('proves a place in any earlier tree', async () => {
    const sizes = [1, 2, 3, 15, 16, 17, 255, 256, 257, 300, 4_095, 4_096, 4_097, 65_535, 65_536, 65_537, 65_999];
    for (const size of sizes) {
      for (const index of new Set([0, Math.floor(size / 3), size - 1])) {
        const { proof } = await prove(index, size);
        const root = rootFromInclusion(leafHash(lines[index] ?? ''), index, size, proof);
        expect([index, size, root]).toEqual([index, size, rootOf(lines.slice(0, size))]);
      }
    }
  });

  it('proves that the log only grew', async () => {
    const pairs = [
      [1, 1],
      [1, SIZE],
      [255, 256],
      [256, 257],
      [300, 65_536],
      [65_536, SIZE],
      [65_537, SIZE],
      [SIZE, SIZE],
    ];
    for (const [from = 0, to = 0] of pairs) {
      const { body } = await app.request().get(`/lotteries/${date}/consistency?from=${from}&to=${to}`).expect(200);
      const { proof } = body as { proof: string[] };
      expect([from, to, consistent(from, to, rootOf(lines.slice(0, from)), rootOf(lines.slice(0, to)), proof)]).toEqual(
        [from, to, true],
      );
      expect(consistent(from, to, leafHash('another history'), rootOf(lines.slice(0, to)), proof)).toBe(false);
    }
  });

  it('refuses sizes that the log does not have', async () => {
    const refusals = [
      [`/ballots/${idAt(5)}/proof?size=5`, 'ballot.tree-size-invalid'],
      [`/ballots/${idAt(5)}/proof?size=${SIZE + 1}`, 'ballot.tree-size-invalid'],
      [`/ballots/${idAt(5)}/proof?size=0`, 'request.invalid'],
      [`/ballots/${idAt(5)}/proof?size=1.5`, 'request.invalid'],
      [`/ballots/${idAt(5)}/proof?size=1e2`, 'request.invalid'],
      [`/lotteries/${date}/consistency?from=0&to=5`, 'request.invalid'],
      [`/lotteries/${date}/consistency?from=6&to=5`, 'ballot.tree-size-invalid'],
      [`/lotteries/${date}/consistency?from=1&to=${SIZE + 1}`, 'ballot.tree-size-invalid'],
      [`/lotteries/${date}/consistency?from=1`, 'request.invalid'],
    ] as const;
    for (const [path, code] of refusals) {
      expect((await app.request().get(path).expect(400)).body).toMatchObject({ code });
    }
    await app.request().get('/lotteries/2091-01-01/checkpoint').expect(404);
    await app.request().get('/ballots/019a0000-0000-7000-8000-000000000000/proof').expect(404);
  });

  it('signs its checkpoints with the key that it shows', async () => {
    const { text, headers } = await app.request().get('/verifier-key').expect(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toBe(`${app.app.get(NoteSigner).verifierKey}\n`);
    expect(verifyNote(await checkpoint(), text.trim())).toBe((await checkpoint()).split('\n\n')[0] + '\n');
  });

  it('proves in the sealed tree what a receipt promised', async () => {
    const { notes } = (await close(app, date, '&early=true').expect(200)).body as { notes: { seal: string } };
    const { proof } = await prove(12_345);
    const root = rootFromInclusion(leafHash(lines[12_345] ?? ''), 12_345, SIZE, proof);
    expect(notes.seal).toContain(`\nroot ${root.toString('base64')}\n`);
  });

  it('has a checkpoint of the empty log', async () => {
    const empty = await openFreshLottery(app);
    const { text } = await app.request().get(`/lotteries/${empty}/checkpoint`).expect(200);
    expect(text.split('\n').slice(1, 3)).toEqual(['0', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=']);
  });
});

/** MTH of RFC 9162 section 2.1.1 by halves of powers of two. */
function rootOf(lines: readonly string[]): Buffer {
  let level = lines.map(leafHash);
  while (level.length > 1) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
      const [left, right] = [level[2 * i] as Buffer, level[2 * i + 1]];
      return right ? nodeHash(left, right) : left;
    });
  }
  return level[0] as Buffer;
}
