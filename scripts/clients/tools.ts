import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const HERE = resolve('scripts/clients');
const NPM_TOOLS = ['openapi-typescript@7.13.0', 'openapi-fetch@0.17.0', 'typescript@5.9.3'];
const PIP_INSTALL = ['install', '--quiet', '--disable-pip-version-check', '--no-compile'];
/** openapi-generator's Python of what webhooks are sent (`webhook_id: ,`) does not compile: that part is left out. */
const PARTS = ['--global-property', 'apis,models,supportingFiles,apiTests=false,modelTests=false'];
const INSTALL_TIMEOUT_MS = 50_000;
const RUN_TIMEOUT_MS = 60_000;
const TSC = ['--noEmit', '--strict', '--checkJs', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];

type Environment = Readonly<Record<string, string>>;

/** A language in which clients are made. Each has a folder of its own, in which openapi.json will be. */
export interface Kit {
  readonly name: string;
  /** From the registries, in pinned versions. */
  install(folder: string): Promise<void>;
  /** Makes a client of openapi.json, as far as it can be done without a service. */
  build(folder: string): Promise<void>;
  /** Plays the quick start with it. Gives what it printed. */
  play(folder: string, service: Environment): Promise<string>;
}

const pythonClient: Kit = {
  name: 'Python, openapi-python-client',
  install: (folder) => installPython(folder, 'openapi-python-client.txt'),
  build: async (folder) => {
    await run(inVenv(folder, 'openapi-spec-validator'), ['openapi.json'], { folder });
    const options = ['--meta', 'none', '--output-path', 'lottery_client', '--fail-on-warning'];
    await run(inVenv(folder, 'openapi-python-client'), ['generate', '--path', 'openapi.json', ...options], { folder });
  },
  play: (folder, service) => playPython(folder, 'openapi-python-client.py', service),
};

const generator: Kit = {
  name: 'Python, openapi-generator',
  install: async (folder) => {
    await run('java', ['-version'], { folder });
    await installPython(folder, 'openapi-generator.txt');
  },
  build: async (folder) => {
    const options = ['--input-spec', 'openapi.json', '--output', '.', '--package-name', 'lottery_client'];
    const within = { folder };
    await run(inVenv(folder, 'openapi-generator-cli'), ['generate', '-g', 'python', ...options, ...PARTS], within);
  },
  play: (folder, service) => playPython(folder, 'openapi-generator.py', service),
};

const typescript: Kit = {
  name: 'TypeScript, openapi-fetch',
  install: async (folder) => {
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
    await run('npm', ['install', ...options, ...NPM_TOOLS], { folder, timeout: INSTALL_TIMEOUT_MS });
  },
  build: async (folder) => {
    const of = (program: string) => join(folder, 'node_modules/.bin', program);
    await run(of('openapi-typescript'), ['openapi.json', '--output', 'schema.ts'], { folder });
    await copyFile(join(HERE, 'openapi-fetch.mjs'), join(folder, 'openapi-fetch.mjs'));
    const types = ['--typeRoots', resolve('node_modules/@types')];
    await run(of('tsc'), [...TSC, ...types, 'schema.ts', 'openapi-fetch.mjs'], { folder });
  },
  play: (folder, service) => run(process.execPath, ['openapi-fetch.mjs'], { folder, more: service }),
};

export const KITS: readonly Kit[] = [pythonClient, generator, typescript];

export async function folderOf(parent: string, kit: Kit): Promise<string> {
  const folder = join(parent, kit.name.replace(/.* /, ''));
  await mkdir(folder);
  return folder;
}

async function installPython(folder: string, requirements: string): Promise<void> {
  const within = { folder, timeout: INSTALL_TIMEOUT_MS };
  await run('python3', ['-m', 'venv', 'venv'], within);
  await run(inVenv(folder, 'pip'), [...PIP_INSTALL, '--requirement', join(HERE, requirements)], within);
}

async function playPython(folder: string, script: string, service: Environment): Promise<string> {
  await copyFile(join(HERE, script), join(folder, 'play.py'));
  return run(inVenv(folder, 'python'), ['play.py'], { folder, more: service });
}

function inVenv(folder: string, program: string): string {
  return join(folder, 'venv/bin', program);
}

interface Within {
  readonly folder: string;
  readonly timeout?: number;
  readonly more?: Environment;
}

/** @throws with what the program said, if it fails */
async function run(program: string, args: readonly string[], within: Within): Promise<string> {
  const { folder, timeout = RUN_TIMEOUT_MS, more } = within;
  // Programs of an environment find each other: openapi-python-client formats with ruff.
  const PATH = `${join(folder, 'venv/bin')}:${process.env['PATH']}`;
  const options = { cwd: folder, timeout, env: { ...process.env, PATH, ...more } };
  try {
    return (await promisify(execFile)(program, args, options)).stdout.trim();
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${program} failed:\n${`${stdout}\n${stderr}`.trim() || message}`, { cause: error });
  }
}
