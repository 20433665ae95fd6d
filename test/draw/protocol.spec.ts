import { hash } from 'node:crypto';
import { QUICKNET } from '../../src/draw/domain/beacon-chain';
import { drawKey, Jury, namedIndexes } from '../../src/draw/domain/candidates';
import { commitment, drawBody, exclusionList, openBody, sealBody } from '../../src/draw/domain/statements';
import { playerOf } from '../../src/ballot/domain/ballot';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { verifyNote } from '../../src/shared/domain/signed-note';
import { Ed25519NoteSigner } from '../../src/platform/transparency/ed25519-note-signer';
import vectors from '../vectors/draw-v1.json';

const DRAW_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const OTHER_DRAW_ID = '019a0000-0000-7000-8000-000000000000';
const ROUND_1000 = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';

const signer = new Ed25519NoteSigner('lottery.example', hash('sha256', 'vector key', 'buffer'));

describe.each(vectors.cases)('lottery-draw/v1, case "$label"', (vector) => {
  const secret = Buffer.from(vector.secret, 'hex');
  const beacon = vector.label === 'none' ? null : { chain: QUICKNET, number: 1000 };
  const signature = beacon && Buffer.from(ROUND_1000, 'hex');
  const winners = vector.label === 'excluded and three winners' ? 3 : 1;
  const ballots = vector.ballots.trimEnd().split('\n');
  const frontier = Frontier.empty.append(ballots.map(leafHash)).frontier;
  const exclusions = vector.exclusions.split('\n').slice(0, -1);

  const open = openBody({
    version: 1,
    drawId: DRAW_ID,
    name: 'daily 2023-08-24',
    opensAt: new Date('2023-08-22T15:58:24Z'),
    closes: new Date('2023-08-23T15:58:24Z'),
    winners,
    commitment: commitment(secret, 1),
    beacon,
  });
  const seal = sealBody({
    drawId: DRAW_ID,
    openBody: open,
    sealedAt: new Date('2023-08-23T15:58:25Z'),
    trigger: 'schedule',
    size: ballots.length,
    root: frontier.root(),
    exclusions,
    eligible: -1,
    beacon,
  });
  const key = drawKey(secret, open, seal, signature);

  function candidates(): Jury {
    const jury = new Jury(winners, new Set(exclusions), 1);
    for (const named of namedIndexes(key, ballots.length)) {
      const [, id = '', player = ''] = (ballots[named.index] as string).split(' ');
      jury.judge(named, { id, player });
      if (jury.isOver) break;
    }
    return jury;
  }

  it('derives the pseudonyms of the players', () => {
    const salts = [0, 1, 2, 3, 4].map((i) => hash('sha256', `salt ${i}`, 'buffer'));
    const players = salts.map((salt) => playerOf(salt, DRAW_ID));
    expect(ballots.map((line) => line.split(' ')[2])).toEqual([...players, ...players]);
    // The one that was made last is remembered, of each player.
    const elsewhere = salts.map((salt) => playerOf(salt, OTHER_DRAW_ID));
    expect(new Set([...players, ...elsewhere]).size).toBe(10);
    expect(salts.map((salt) => playerOf(salt, DRAW_ID))).toEqual(players);
  });

  it('hashes the leaves and the root', () => {
    expect(ballots.map((line) => leafHash(line).toString('hex'))).toEqual(vector.leafHashes);
    expect(frontier.root().toString('hex')).toBe(vector.root);
  });

  it('writes the open note', () => {
    expect(open).toBe(vector.openBody);
    expect(signer.sign(open)).toBe(vector.openNote);
  });

  it('writes the seal note and its exclusions', () => {
    expect(exclusionList(exclusions)).toBe(vector.exclusions);
    expect(seal).toBe(vector.sealBody);
    expect(signer.sign(seal)).toBe(vector.sealNote);
  });

  it('derives the key and finds the same candidates and winners', () => {
    expect(key.toString('hex')).toBe(vector.key);
    const draw = drawBody({
      drawId: DRAW_ID,
      sealBody: seal,
      secret,
      beaconSignature: signature,
      candidates: candidates().candidates,
      drawnAt: new Date('2023-08-23T15:59:27Z'),
      assurance: beacon ? 'A' : 'C',
    });
    expect(draw).toBe(vector.drawBody);
    expect(signer.sign(draw)).toBe(vector.drawNote);
  });

  it('signs with the key that strangers pin', () => {
    expect(signer.verifierKey).toBe(vectors.verifierKey);
    expect(verifyNote(vector.sealNote, vectors.verifierKey)).toBe(vector.sealBody);
    expect(verifyNote(vector.sealNote.replace('size 10', 'size 11'), vectors.verifierKey)).toBeNull();
  });
});
