import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Copy, DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import { ensureDatabase, startEmbeddedPostgres } from '../src/platform/embedded-postgres/server';

const HEALTHY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 500;
const DATABASE = 'lottery';

/** A folder in the place of an image's file system, and what it would run. */
interface Image {
  readonly root: string;
  readonly environment: Record<string, string>;
  workdir: string;
  healthcheck?: string[];
  command?: string[];
}

/**
 * Follows the Dockerfile step by step in temporary folders, with this machine's Node instead of the base image, then
 * runs what came out against a PostgreSQL, in production mode, until its health check passes. It finds what a linter
 * cannot: a file that is not copied, a package that is left out, a secret that is asked for under another name.
 */
export async function rehearseImage(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rehearse-image-'));
  // PostgreSQL runs as another user where we are root, who must be able to reach it.
  await chmod(folder, 0o755);
  try {
    const image = await buildImage(folder);
    await runImage(image, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function buildImage(folder: string): Promise<Image> {
  const context = join(folder, 'context');
  await copyContext(context);
  const stages = new Map<string, Image>();
  let image: Image | undefined;
  for (const instruction of DockerfileParser.parse(await readFile('Dockerfile', 'utf8')).getInstructions()) {
    console.log(`  ${instruction.getKeyword()} ${instruction.getArgumentsContent()?.replace(/\s+/g, ' ')}`);
    if (instruction.getKeyword() === 'FROM') {
      image = { root: join(folder, `stage-${stages.size}`), environment: {}, workdir: '/' };
      stages.set((instruction as From).getBuildStage() ?? '', image);
    } else if (image) {
      await follow(instruction, image, (stage) => (stage === undefined ? context : stages.get(stage)?.root));
    }
  }
  if (!image?.command) throw new Error('The Dockerfile describes no image that runs something.');
  return image;
}

/** What .dockerignore leaves of this folder: it excludes everything, then names what goes in. */
async function copyContext(context: string): Promise<void> {
  const [everything, ...included] = (await readFile('.dockerignore', 'utf8')).trim().split('\n');
  if (everything !== '*' || !included.every((line) => line.startsWith('!'))) {
    throw new Error('.dockerignore must exclude everything in its first line and include paths in all others.');
  }
  for (const path of included.map((line) => line.slice(1))) {
    await cp(path, join(context, path), { recursive: true });
  }
}

type Source = (stage: string | undefined) => string | undefined;

async function follow(instruction: Instruction, image: Image, sourceOf: Source): Promise<void> {
  const text = instruction.getArgumentsContent() ?? '';
  switch (instruction.getKeyword()) {
    case 'WORKDIR':
      image.workdir = text;
      await mkdir(join(image.root, text), { recursive: true });
      return;
    case 'ENV':
      for (const [name, value] of text.split(/\s+/).map((pair) => pair.split('='))) image.environment[name!] = value!;
      return;
    case 'COPY':
      return copy(text.split(/\s+/), image, sourceOf((instruction as Copy).getFromFlag()?.getValue() ?? undefined));
    case 'RUN':
      return run(text, image);
    case 'HEALTHCHECK':
      image.healthcheck = JSON.parse(text.slice(text.indexOf('['))) as string[];
      return;
    case 'CMD':
      image.command = JSON.parse(text) as string[];
      return;
    case 'USER':
    case 'EXPOSE':
      return;
    default:
      throw new Error(`The rehearsal does not know ${instruction.getKeyword()}: teach it, or do without.`);
  }
}

async function copy(paths: string[], image: Image, source: string | undefined): Promise<void> {
  const target = paths.at(-1);
  if (source === undefined || target === undefined) throw new Error(`COPY ${paths.join(' ')} names no known stage.`);
  for (const path of paths.slice(0, -1)) {
    const into = target.endsWith('/') ? join(target, path.split('/').at(-1)!) : target;
    await cp(join(source, path), join(image.root, image.workdir, into), { recursive: true, verbatimSymlinks: true });
  }
}

function run(command: string, { root, workdir, environment }: Image): void {
  const env = { ...process.env, ...environment, npm_config_prefer_offline: 'true' };
  const { status } = spawnSync('/bin/sh', ['-ec', command], { cwd: join(root, workdir), env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`RUN ${command} ended with ${status}.`);
}

async function runImage(image: Image, folder: string): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), log: () => {} });
  try {
    await ensureDatabase(server, DATABASE);
    const ownerUrl = server.url(DATABASE);
    const more = { ...secrets(), DATABASE_URL: makeServiceLogin(ownerUrl), DATABASE_OWNER_URL: ownerUrl };
    const service = startCommand(image, more);
    try {
      await becomesHealthy(image, service);
      await stops(service);
    } finally {
      service.kill('SIGKILL');
    }
  } finally {
    await server.stop();
  }
  console.log('What the Dockerfile builds starts, is healthy and stops.');
}

/**
 * As the database of docker-compose.yml does when it is made. Gives the URL of the login; where psql is missing, the
 * owner's.
 */
function makeServiceLogin(ownerUrl: string): string {
  const { hostname, port, username, password } = new URL(ownerUrl);
  const servicePassword = randomBytes(8).toString('hex');
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', PGHOST: hostname, PGPORT: port, PGPASSWORD: password },
    ...{ POSTGRES_USER: username, POSTGRES_DB: DATABASE, SERVICE_DATABASE_PASSWORD: servicePassword },
  };
  if (spawnSync('psql', ['--version']).status !== 0) {
    console.log(
      'NOT TRIED: ops/database/make-service-login.sh needs psql (Debian: apt-get install postgresql-client).',
    );
    return ownerUrl;
  }
  const { status } = spawnSync('/bin/sh', ['ops/database/make-service-login.sh'], { env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`ops/database/make-service-login.sh ended with ${status}.`);
  return Object.assign(new URL(ownerUrl), { username: 'lottery_service', password: servicePassword }).href;
}

const RUN_PORT = String(20_000 + (process.pid % 10_000));

function secrets(): Record<string, string> {
  return {
    SIGNING_KEY: randomBytes(32).toString('base64'),
    JWT_SECRET: randomBytes(32).toString('hex'),
    INTERNAL_CLOSE_TOKEN: randomBytes(32).toString('hex'),
  };
}

function environmentOf({ environment }: Image): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', ...environment, PORT: RUN_PORT };
}

function startCommand(image: Image, more: Record<string, string>): ChildProcess {
  const [program, ...args] = image.command!;
  const env = { ...environmentOf(image), ...more };
  return spawn(program!, args, { cwd: join(image.root, image.workdir), env, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function becomesHealthy(image: Image, service: ChildProcess): Promise<void> {
  const [program, ...args] = image.healthcheck ?? [];
  if (program === undefined) throw new Error('The image has no health check.');
  const deadline = Date.now() + HEALTHY_TIMEOUT_MS;
  while (spawnSync(program, args, { env: environmentOf(image) }).status !== 0) {
    if (service.exitCode !== null) throw new Error(`The service ended with ${service.exitCode}.`);
    if (Date.now() > deadline) throw new Error(`The service was not healthy in ${HEALTHY_TIMEOUT_MS / 1000} s.`);
    await delay(POLL_MS);
  }
  const { status } = await fetch(`http://127.0.0.1:${RUN_PORT}/problems`);
  if (status !== 200) throw new Error(`The image does not serve docs/problems.md: ${status}.`);
}

async function stops(service: ChildProcess): Promise<void> {
  service.kill('SIGTERM');
  const ended = once(service, 'exit') as Promise<[number | null]>;
  const [code] = await Promise.race([ended, delay(STOP_TIMEOUT_MS, [null], { ref: false })]);
  if (code !== 0) throw new Error(`The service ended with ${code} after SIGTERM.`);
}
