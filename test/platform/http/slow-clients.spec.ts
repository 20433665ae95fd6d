import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { pause } from '../../support/pause';
import { RawAnswer, readAnswer } from '../../support/raw-request';
import { rounds } from '../../support/rounds';
import { buildService, ServiceProcess, startService } from '../../support/service-process';
import { createTestDatabase, TestDatabase } from '../../support/test-database';
import { comesTrue } from '../../support/until';

const WANTED_IDLE = rounds({ few: 2_000, all: 10_000 });
/** Both sides have this many files at most; both need some for themselves. */
const OPEN_FILES = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' })) || Infinity;
const IDLE = Math.min(WANTED_IDLE, Math.floor(OPEN_FILES * 0.8));
const WAVE = 250;
/** Fewer than one peer may have. */
const PEER_CONNECTIONS = 4_000;
/** Far longer than an answer takes, on a machine that is busy with other things. */
const PATIENCE_MS = 10_000;
/** The service gives 10 s for the headers and 15 s for all, and looks every second. */
const CUT_OFF_MS = 30_000;
const CUT_OFF_BY_MS = 17_000;

/** One byte a second, as long as anybody listens. */
function dribble(socket: Socket, text: string): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (!socket.writable || sent === text.length) clearInterval(timer);
    else socket.write(text[sent++]!);
  }, 1_000);
  socket.once('close', () => {
    clearInterval(timer);
  });
}

const SLOW: Readonly<Record<string, (socket: Socket) => void>> = {
  'sends nothing': () => undefined,
  'dribbles its headers': (socket) => {
    socket.write('GET /lotteries HTTP/1.1\r\nHost: lottery.test\r\n');
    dribble(socket, 'X-A: b\r\n'.repeat(100));
  },
  'dribbles its body': (socket) => {
    const head = 'POST /auth/login HTTP/1.1\r\nHost: lottery.test\r\nContent-Type: application/json\r\n';
    socket.write(`${head}Content-Length: 1000\r\n\r\n{`);
    dribble(socket, ' '.repeat(999));
  },
};

describe('slow and idle clients', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let port: number;
  let control: { readonly server: Server; readonly slow: readonly Socket[]; readonly untilMs: number };
  let sockets = new Set<Socket>();

  beforeAll(async () => {
    await buildService();
    database = await createTestDatabase();
    service = await startService({ DATABASE_URL: database.url, HOST: '127.0.0.1' });
    port = Number(/The lottery is open at http:\/\/[^:]+:(\d+)/.exec(service.output())?.[1]);
    control = await neverCutOff();
  }, 120_000);

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  });

  afterAll(async () => {
    for (const socket of control.slow) socket.destroy();
    control.server.close();
    await service.stop('SIGKILL');
    await database.drop();
  });

  /** The same slow clients of a server that sets no time, from the beginning on: it takes as long as all other tests. */
  const neverCutOff = async (): Promise<typeof control> => {
    const server = createServer({ headersTimeout: 0, requestTimeout: 0, connectionsCheckingInterval: 1_000 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port: other } = server.address() as AddressInfo;
    const slow = (await Promise.all(Object.values(SLOW).map((begin) => openMany(1, other, begin)))).flat();
    sockets = new Set();
    return { server, slow, untilMs: performance.now() + CUT_OFF_BY_MS };
  };

  const open = async (to: number): Promise<Socket> => {
    // From several peers, each of which may have a part of the connections.
    const localAddress =
      sockets.size < PEER_CONNECTIONS ? '127.0.0.1' : `127.0.0.${1 + Math.floor(sockets.size / PEER_CONNECTIONS)}`;
    const socket = connect({ port: to, host: '127.0.0.1', localAddress });
    sockets.add(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };

  const openMany = async (count: number, to: number, begin: (socket: Socket) => unknown): Promise<Socket[]> => {
    const opened: Socket[] = [];
    while (opened.length < count) {
      const wave = await Promise.all(Array.from({ length: Math.min(WAVE, count - opened.length) }, () => open(to)));
      await Promise.all(wave.map(begin));
      opened.push(...wave);
    }
    return opened;
  };

  /** Asks over fresh connections, one after the other. */
  const serveOthers = async (): Promise<void> => {
    for (const path of ['/health/live', '/health/ready', '/lotteries', '/lotteries/today']) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: { connection: 'close' },
      });
      expect([path, answer.status]).toEqual([path, 200]);
      await answer.text();
    }
  };

  it(`${IDLE} of which have asked once and then say nothing more do not keep others from being served`, async () => {
    if (IDLE < WANTED_IDLE) console.log(`Only ${IDLE} connections: the limit of open files is ${OPEN_FILES}.`);
    const idle = await openMany(IDLE, port, async (socket) => {
      socket.write('GET /health/live HTTP/1.1\r\nHost: lottery.test\r\n\r\n');
      await once(socket, 'data');
    });
    expect(idle.filter(({ closed, readable }) => closed || !readable)).toHaveLength(0);
    if (process.platform === 'linux') {
      expect(readdirSync(`/proc/${service.child.pid}/fd`).length).toBeGreaterThanOrEqual(IDLE);
    }
    for (let i = 0; i < 5; i++) await serveOthers();
  }, 120_000);

  it('are told so and cut off, and others are served meanwhile', async () => {
    const answers: Record<string, Promise<(RawAnswer | null)[]>> = {};
    for (const [how, begin] of Object.entries(SLOW)) {
      const slow = await openMany(300, port, begin);
      answers[how] = Promise.all(slow.map(readAnswer));
    }
    const all = Promise.all(Object.values(answers));
    let over = false;
    void all.then(() => (over = true));
    const deadline = performance.now() + CUT_OFF_MS;
    while (!over && performance.now() < deadline) {
      await serveOthers();
      await pause(500);
    }
    expect(over).toBe(true);
    for (const [how, told] of Object.entries(answers)) {
      const codes = (await told).map((answer) => (JSON.parse(answer?.body ?? '{}') as { code?: string }).code);
      expect([how, [...new Set(codes)]]).toEqual([how, ['http.request-timeout']]);
      expect([how, (await told).every((answer) => answer?.status === 408)]).toEqual([how, true]);
    }
  }, 90_000);

  it('are not cut off by a server that sets no time: the test above does wait long enough', async () => {
    const { slow, untilMs } = control;
    expect(await comesTrue(() => slow.some(({ closed }) => closed), untilMs - performance.now())).toBe(false);
  }, 60_000);
});
