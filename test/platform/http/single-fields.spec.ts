import { openFreshLottery } from '../../support/lottery-client';
import { addPlayer, TestPlayer } from '../../support/players';
import { RawAnswer, sendRaw } from '../../support/raw-request';
import { CLOSE_TOKEN, startTestApp, TestApp } from '../../support/test-app';

/** What a proxy may write twice, and what we would make of it: Node joins some, and keeps the first of others. */
const SINGLE: readonly [string, string, string][] = [
  ['Idempotency-Key', 'k', 'another'],
  ['X-Internal-Token', CLOSE_TOKEN, 'x'.repeat(32)],
  ['X-Request-Id', 'request-1', 'request-2'],
  ['Authorization', 'Bearer a', 'Bearer b'],
  ['Content-Type', 'application/json', 'text/plain'],
  ['Origin', 'https://a.example', 'https://b.example'],
];

const NO_HOSTS = [
  'a b',
  'a/b',
  'a@b',
  'a?b',
  'a#b',
  'a\\b',
  'a,b c',
  'a:b',
  'a:80:80',
  '[::1',
  '::1',
  '[::1]x',
  '[::g]',
  '[1.2.3.4]',
  'a%zz',
  '"a"',
  '<a>',
  'ä',
  'http://a',
];

const HOSTS = [
  '',
  'a',
  'lottery.example',
  'lottery.example.',
  'a:80',
  'a:',
  '127.0.0.1:8000',
  '[::1]',
  '[2001:db8::1]:443',
  'my_host-1',
  '%C3%A4.example',
];

describe('a field of which there may be one', () => {
  let test: TestApp;
  let port: number;
  let player: TestPlayer;

  beforeAll(async () => {
    test = await startTestApp();
    port = Number(new URL(test.url).port);
    player = await addPlayer(test);
  });
  afterAll(() => test.close());

  const send = (line: string, fields: readonly string[]): Promise<RawAnswer | null> =>
    sendRaw(port, [`${line} HTTP/1.1`, ...fields, 'Connection: close', '', ''].join('\r\n'));

  const expectRefused = (answer: RawAnswer | null, header: string): void => {
    expect(answer?.status).toBe(400);
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({
      code: 'http.bad-request',
      errors: [{ header, detail: expect.any(String) as string }],
    });
  };

  it.each(SINGLE)('is refused on two lines: %s', async (name, one, other) => {
    for (const second of [one, other]) {
      for (const route of [
        'GET /lotteries',
        'POST /lotteries/today/ballots',
        'POST /lotteries/close',
        'GET /nowhere',
      ]) {
        const answer = await send(route, [
          'Host: a',
          `${name}: ${one}`,
          'X-Between: 1',
          `${name.toLowerCase()}: ${second}`,
        ]);
        expectRefused(answer, name);
      }
    }
  });

  it('makes no second ballot of a retry', async () => {
    const route = `POST /lotteries/${await openFreshLottery(test)}/ballots`;
    const fields = ['Host: a', `Authorization: ${player.bearer}`, 'Idempotency-Key: once'];
    expectRefused(await send(route, [...fields, 'Idempotency-Key: once']), 'Idempotency-Key');
    const first = await send(route, fields);
    const retry = await send(route, fields);
    expect([first?.status, retry?.status, retry?.body]).toEqual([201, 201, first?.body]);
  });

  it.each(['1.1', '1.0'])('is refused: two lines of Host, in HTTP/%s', async (version) => {
    for (const second of ['a', 'b', '']) {
      expectRefused(
        await sendRaw(
          port,
          `GET /lotteries HTTP/${version}\r\nHost: a\r\nhost: ${second}\r\nConnection: close\r\n\r\n`,
        ),
        'Host',
      );
    }
  });

  it.each(NO_HOSTS)('is refused: the Host %j', async (host) => {
    expectRefused(await send('GET /lotteries', [`Host: ${host}`]), 'Host');
  });

  it.each(HOSTS)('is answered: the Host %j', async (host) => {
    expect((await send('GET /lotteries', [`Host: ${host}`]))?.status).toBe(200);
  });

  it('is not dropped after so many others that fit', async () => {
    const others = Array.from({ length: 3_000 }, () => 'a:');
    expectRefused(await send('GET /lotteries', [...others, 'Host: a b']), 'Host');
  });

  it('may stand on many lines if it is a list', async () => {
    const lists = [
      'If-None-Match: "a"',
      'If-None-Match: "b"',
      'X-Forwarded-For: 192.0.2.1',
      'X-Forwarded-For: 192.0.2.2',
    ];
    expect((await send('GET /lotteries', ['Host: a', ...lists]))?.status).toBe(200);
  });
});
