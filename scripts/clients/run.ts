import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const HERE = resolve('scripts/clients');
const PIP_INSTALL = ['install', '--quiet', '--disable-pip-version-check', '--no-compile'];
export const INSTALL_TIMEOUT_MS = 50_000;
const RUN_TIMEOUT_MS = 60_000;

export type Environment = Readonly<Record<string, string>>;

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

export async function folderOf(parent: string, kit: Kit): Promise<string> {
  const folder = join(parent, kit.name.replace(/\W+/g, '-').toLowerCase());
  await mkdir(folder);
  return folder;
}

export async function installPython(folder: string, requirements: string): Promise<void> {
  const within = { folder, timeout: INSTALL_TIMEOUT_MS };
  await run('python3', ['-m', 'venv', 'venv'], within);
  await run(inVenv(folder, 'pip'), [...PIP_INSTALL, '--requirement', join(HERE, requirements)], within);
}

export function copyOf(script: string, folder: string, name = script): Promise<void> {
  return copyFile(join(HERE, script), join(folder, name));
}

export function inVenv(folder: string, program: string): string {
  return join(folder, 'venv/bin', program);
}

interface Within {
  readonly folder: string;
  readonly timeout?: number;
  readonly more?: Environment;
}

/** @throws with what the program said, if it fails */
export async function run(program: string, args: readonly string[], within: Within): Promise<string> {
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
