import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What the verifier of the command line prints of the bundle and the list in this folder; leaves `key.txt` there. */
export async function commandLineOf(folder: string, key: string): Promise<string[]> {
  await writeFile(join(folder, 'key.txt'), key);
  const files = ['bundle.json', 'ballots.txt'].map((name) => join(folder, name));
  const { stdout } = await promisify(execFile)(process.execPath, ['verifier/verify.mjs', ...files, '--key', key]);
  return stdout.trimEnd().split('\n');
}
