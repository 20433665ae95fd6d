import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { generateWithJava, installGenerator } from './openapi-generator';
import { copyOf, type Environment, INSTALL_TIMEOUT_MS, installPython, inVenv, type Kit, run } from './run';

const TYPESCRIPT = 'typescript@5.9.3';
const NPM_TOOLS = ['openapi-typescript@7.13.0', 'openapi-fetch@0.17.0', TYPESCRIPT];
const TSC = ['--strict', '--checkJs', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];

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
  install: installGenerator,
  build: (folder) => generateWithJava(folder, 'python', '.', ['--package-name', 'lottery_client']),
  play: (folder, service) => playPython(folder, 'openapi-generator.py', service),
};

const typescript: Kit = {
  name: 'TypeScript, openapi-fetch',
  install: (folder) => installNpm(folder, NPM_TOOLS),
  build: async (folder) => {
    await run(inModules(folder, 'openapi-typescript'), ['openapi.json', '--output', 'schema.ts'], { folder });
    await copyOf('openapi-fetch.mjs', folder);
    await compile(folder, ['--noEmit', 'schema.ts', 'openapi-fetch.mjs']);
  },
  play: (folder, service) => run(process.execPath, ['openapi-fetch.mjs'], { folder, more: service }),
};

const typescriptFetch: Kit = {
  name: 'TypeScript, openapi-generator',
  install: async (folder) => {
    await installGenerator(folder);
    await installNpm(folder, [TYPESCRIPT]);
  },
  build: async (folder) => {
    await generateWithJava(folder, 'typescript-fetch', 'client', [
      '--additional-properties',
      'importFileExtension=.js',
    ]);
    await copyOf('typescript-fetch.mjs', folder);
    await compile(folder, ['--declaration', 'client/index.ts']);
    await compile(folder, ['--noEmit', 'typescript-fetch.mjs']);
  },
  play: (folder, service) => run(process.execPath, ['typescript-fetch.mjs'], { folder, more: service }),
};

export const KITS: readonly Kit[] = [pythonClient, generator, typescript, typescriptFetch];

async function installNpm(folder: string, packages: readonly string[]): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
  await run('npm', ['install', ...options, ...packages], { folder, timeout: INSTALL_TIMEOUT_MS });
}

async function compile(folder: string, args: readonly string[]): Promise<void> {
  const types = ['--typeRoots', resolve('node_modules/@types')];
  await run(inModules(folder, 'tsc'), [...TSC, ...types, ...args], { folder });
}

async function playPython(folder: string, script: string, service: Environment): Promise<string> {
  await copyOf(script, folder, 'play.py');
  return run(inVenv(folder, 'python'), ['play.py'], { folder, more: service });
}

function inModules(folder: string, program: string): string {
  return join(folder, 'node_modules/.bin', program);
}
