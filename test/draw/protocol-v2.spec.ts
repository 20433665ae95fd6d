import { hash } from 'node:crypto';
import { QUICKNET } from '../../src/draw/domain/beacon-chain';
import { drawKey, Jury, namedIndexes } from '../../src/draw/domain/candidates';
import { RankedWinner, rankFrom, RankWalk } from '../../src/draw/domain/ranks';
import { commitment, drawBody, openBody, sealBody } from '../../src/draw/domain/statements';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { Ed25519NoteSigner } from '../../src/platform/transparency/ed25519-note-signer';
import { CASES, DRAW_ID, linesOf, VERIFIER_KEY } from '../support/draw-v2-vectors';

const signer = new Ed25519NoteSigner('lottery.example', hash('sha256', 'vector key', 'buffer'));

describe.each(CASES)('lottery-draw/v2, case "$label"', (vector) => {
  const secret = Buffer.from(vector.secret, 'hex');
  const fieldOf = (body: string, name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(body)?.[1] ?? '';
  const winners = Number(fieldOf(vector.openBody, 'winners'));
  const beacon = fieldOf(vector.openBody, 'beacon') === 'none' ? null : { chain: QUICKNET, number: 1000 };
  const lines = linesOf(vector);
  const ballots = lines.map((line) => {
    const [, id = '', player = ''] = line.split(' ');
    return { id, player };
  });
  const { frontier } = Frontier.empty.append(lines.map(leafHash));
  const exclusions = vector.exclusions.split('\n').slice(0, -1);

  const open = openBody({
    version: 2,
    drawId: DRAW_ID,
    name: 'daily 2023-08-24',
    opensAt: new Date('2023-08-22T15:58:24Z'),
    closes: new Date('2023-08-23T15:58:24Z'),
    winners,
    commitment: commitment(secret, 2),
    beacon,
  });
  const seal = sealBody({
    drawId: DRAW_ID,
    openBody: open,
    sealedAt: new Date('2023-08-23T15:58:25Z'),
    trigger: 'schedule',
    size: lines.length,
    root: frontier.root(),
    exclusions,
    eligible: ballots.filter(({ player }) => !exclusions.includes(player)).length,
    beacon,
  });

  it('writes the open and the seal note', () => {
    expect(frontier.root().toString('hex')).toBe(vector.root);
    expect(open).toBe(vector.openBody);
    expect(seal).toBe(vector.sealBody);
    expect([signer.sign(open), signer.sign(seal)]).toEqual([vector.openNote, vector.sealNote]);
    expect(signer.verifierKey).toBe(VERIFIER_KEY);
  });

  it('derives the key, and from it the candidates, the ranks and the draw note', () => {
    const signature = vector.drawBody ? fieldOf(vector.drawBody, 'beacon-signature') : 'none';
    const beaconSignature = signature === 'none' ? null : Buffer.from(signature, 'hex');
    const key = drawKey(secret, open, seal, beaconSignature);
    expect(key.toString('hex')).toBe(vector.key);
    if (vector.drawBody === null) return;
    const { candidates, ranked } = drawn(key);
    const draw = drawBody({
      drawId: DRAW_ID,
      sealBody: seal,
      secret,
      beaconSignature,
      candidates,
      ranked,
      drawnAt: new Date(fieldOf(vector.drawBody, 'drawn')),
      assurance: beacon ? 'A' : 'C',
    });
    expect(draw).toBe(vector.drawBody);
    expect(signer.sign(draw)).toBe(vector.drawNote);
  });

  function drawn(key: Buffer) {
    const jury = new Jury(winners, new Set(exclusions), 2);
    for (const named of namedIndexes(key, ballots.length)) {
      jury.judge(named, ballots[named.index]!);
      if (jury.isOver) break;
    }
    const out = new Set([...exclusions, ...jury.winningPlayers]);
    const ranked: RankedWinner[] = [];
    while (jury.hasMissed && ranked.length < jury.missing) {
      const remaining = ballots.filter(({ player }) => !out.has(player)).length;
      if (remaining === 0) break;
      const last = ranked.at(-1)?.block ?? jury.candidates.at(-1)?.block ?? -1;
      const named = rankFrom(key, last + 1, remaining);
      const walk = new RankWalk(named.rank, out);
      const index = walk.take(ballots.map(({ player }) => player)) ?? -1;
      ranked.push({ ...named, index, ballotId: ballots[index]!.id });
      out.add(ballots[index]!.player);
    }
    return { candidates: jury.candidates, ranked };
  }
});
