import { BuiltDraw } from './bundle-builder';
import { failureOf, verifyDraw } from './verify-draw';

const draw = new BuiltDraw({ beacon: 'test-chain', excluded: [1], winners: 2 });

describe('a list', () => {
  const { ballots } = draw;
  it.each([
    ['nothing', ''],
    ['no last line feed', ballots.slice(0, -1)],
    ['a line feed more', `${ballots}\n`],
    ['CRLF', ballots.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${ballots}`],
    ['a ballot more', `${ballots}10 ${ballots.slice(2, 100)}`],
    [
      'a ballot less',
      draw.lines
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .join(''),
    ],
    ['an empty line', ballots.replace('\n', '\n\n')],
    ['no line feed at all', 'x'.repeat(100_000)],
    ['an index like 01', ballots.replace('\n1 ', '\n01 ')],
    ['capitals in an id', ballots.replace(/[0-9a-f]{8}-/, (id) => id.toUpperCase())],
    ['capitals in a player', ballots.replace(/[0-9a-f]{32}/, (player) => player.toUpperCase())],
    ['a date that is none', ballots.replace('2026-11-21', '2026-11-31')],
    ['an hour that is none', ballots.replace('T00:', 'T24:')],
    ['a minute that is none', ballots.replace('T00:00:', 'T00:60:')],
    ['a second that is none', ballots.replace('T00:00:00.', 'T00:00:60.')],
  ])('is refused: with %s', async (_, list) => {
    expect(list).not.toBe(ballots);
    expect(failureOf(await verifyDraw(draw, { list }))).toMatch(/^ballots: /);
  });

  it('is refused for every single byte that differs', async () => {
    const small = new BuiltDraw({ ballots: 1 });
    const bytes = Buffer.from(small.ballots);
    for (const [at, byte] of bytes.entries()) {
      const list = Uint8Array.from(bytes).with(at, byte ^ 1);
      expect(failureOf(await verifyDraw(small, { ballots: once(list) }))).toMatch(/^(ballots|root): /);
    }
  });

  it('passes on what goes wrong while it is read', async () => {
    const broken = async function* () {
      yield Buffer.from('0 ');
      throw new Error('the disk is gone');
    };
    await expect(verifyDraw(draw, { ballots: broken() })).rejects.toThrow('the disk is gone');
  });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
