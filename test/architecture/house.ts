import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const repository = resolve(__dirname, '../..');

/** What a check finds in a house that has these files only: below a new temporary folder, for as long as it takes. */
export async function inHouse<T>(
  files: Readonly<Record<string, string>>,
  check: (house: string) => Promise<T>,
): Promise<T> {
  const house = await plant(files);
  try {
    return await check(house);
  } finally {
    await rm(house, { recursive: true });
  }
}

/** A file system of its own below a new temporary folder. */
export async function plant(files: Readonly<Record<string, string>>): Promise<string> {
  const house = await mkdtemp(join(tmpdir(), 'architecture-'));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(house, dirname(file)), { recursive: true });
    await writeFile(join(house, file), text);
  }
  return house;
}

/** The files below these folders, as paths from the house, in order. */
export async function filesIn(house: string, ...folders: readonly string[]): Promise<string[]> {
  const entries = await Promise.all(
    folders.map((folder) => readdir(join(house, folder), { recursive: true, withFileTypes: true })),
  );
  return entries
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(house.length + 1))
    .sort();
}

/** Standard output of a program that node runs. @throws Error with its standard error where there is no output */
export function runNode(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout) done(stdout);
      else fail(new Error(stderr, { cause: error }));
    });
  });
}
