import { once } from 'node:events';
import { Agent, ClientRequest, IncomingMessage, request as httpRequest, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ballots } from '../../../src/ballot/ballot.api';
import { cutSlowReader } from '../../../src/platform/downloads/slow-reader';
import { openFreshLottery, submit } from '../../support/lottery-client';
import { addPlayer } from '../../support/players';
import { startTestApp, TestApp } from '../../support/test-app';
import { until } from '../../support/until';

const PER_ADDRESS = 4;
const IN_ALL = 16;

describe('downloads', () => {
  let app: TestApp;
  let path: string;
  const open: ClientRequest[] = [];

  beforeAll(async () => {
    app = await startTestApp({ TRUST_PROXY_HOPS: '1' });
    const date = await openFreshLottery(app);
    path = `/lotteries/${date}/ballots.txt`;
    await submit(app, date, await addPlayer(app)).expect(201);
    jest.spyOn(app.app.get<Ballots>(Ballots, { strict: false }), 'lines').mockImplementation(async function* () {
      for (;;) yield await Promise.resolve('x'.repeat(100_000));
    });
  });
  afterEach(async () => {
    for (const request of open.splice(0)) request.destroy();
    await until(async () => (await Promise.all(Array.from({ length: PER_ADDRESS }, () => head()))).every(isServed));
  });
  afterAll(() => app.close());

  const isServed = ({ status }: { status: number }) => status === 200;
  const head = (from = '192.0.2.250') => app.request().head(path).set('x-forwarded-for', from);

  /** A download that goes on until it is destroyed. */
  const begin = async (from: string): Promise<IncomingMessage> => {
    const request = httpRequest(`${app.url}${path}`, { headers: { 'x-forwarded-for': from }, agent: new Agent() });
    request.on('error', () => undefined).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.on('error', () => undefined).pause();
    if (response.statusCode === 200) open.push(request);
    return response;
  };

  it('are few at once for one address; others are not kept from theirs', async () => {
    for (let i = 0; i < PER_ADDRESS; i++) expect((await begin('192.0.2.1')).statusCode).toBe(200);
    const { body, headers } = await app.request().get(path).set('x-forwarded-for', '192.0.2.1').expect(503);
    expect(body).toMatchObject({ code: 'http.too-many-downloads', status: 503 });
    expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect((await begin('192.0.2.2')).statusCode).toBe(200);
    for (const other of ['/lotteries', '/health/ready', '/health/live']) {
      await app.request().get(other).set('x-forwarded-for', '192.0.2.1').expect(200);
    }
  });

  it('are bounded in all, whatever the addresses', async () => {
    for (let i = 0; i < IN_ALL; i++) expect((await begin(`192.0.2.${10 + i}`)).statusCode).toBe(200);
    expect((await begin('192.0.2.100')).statusCode).toBe(503);
    open.shift()?.destroy();
    await until(async () => isServed(await head('192.0.2.100')));
  });

  it('leave no place taken, however they end', async () => {
    const { headers } = await head('192.0.2.3').expect(200);
    const ask = (status: number, of = path, tag = '') =>
      app.request().get(of).set({ 'x-forwarded-for': '192.0.2.3', 'if-none-match': tag }).expect(status);
    for (let i = 0; i < 2 * PER_ADDRESS; i++) {
      await ask(304, path, headers['etag']);
      await ask(404, '/lotteries/2091-01-01/ballots.txt');
      await ask(404, `/lotteries/2091-01-01/bundle`);
      await ask(400, '/lotteries/nonsense/bundle');
      await head('192.0.2.3').expect(200);
      (await begin('192.0.2.3')).destroy();
      await until(async () => isServed(await head('192.0.2.3')));
    }
  });
});

describe('a reader of a download', () => {
  const WATCH = { everyMs: 20, minBytes: 50_000 };

  /** Whether the reader was cut off, as it reads for so long. */
  async function isCutOff(read: (response: IncomingMessage) => void, piecesMs: number): Promise<boolean> {
    let isCut = false;
    const server = createServer((_, response) => {
      const stop = cutSlowReader(response, WATCH);
      const sender = setInterval(() => {
        if (!response.writableNeedDrain) response.write('x'.repeat(200_000));
      }, piecesMs);
      const end = setTimeout(() => response.end(), 600);
      response.once('close', () => {
        stop();
        clearInterval(sender);
        clearTimeout(end);
        isCut = !response.writableEnded;
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const request = httpRequest({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }).end();
    request.on('error', () => undefined);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    read(response);
    await Promise.race([once(response, 'close'), new Promise((resolve) => setTimeout(resolve, 800))]);
    request.destroy();
    server.close();
    await once(server, 'close');
    return isCut;
  }

  it('is cut off if it takes nothing', async () => {
    expect(await isCutOff((response) => response.pause(), 1)).toBe(true);
  });

  it('is not if it takes what there is, however slowly that is made', async () => {
    expect(await isCutOff((response) => response.resume(), 1)).toBe(false);
    expect(await isCutOff((response) => response.resume(), 150)).toBe(false);
  });
});
