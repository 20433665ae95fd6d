import { existsSync } from 'node:fs';
import { lchown, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account, Home } from './home';

const PREFIX = 'draft-';

/**
 * Fills a private folder and renames it to `target`, which therefore exists as a whole or not at all. If several
 * processes do this at once, the first rename wins and the others use its result.
 */
export async function createFolder(
  target: string,
  account: Account | undefined,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  if (existsSync(target)) return;
  const draft = await mkdtemp(join(dirname(target), PREFIX));
  try {
    await handOver(draft, account);
    await fill(draft);
    await rename(draft, target);
    await syncFolder(dirname(target));
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Never follows a link: root must not change the owner of a file that a link points to. */
export async function handOver(path: string, account: Account | undefined): Promise<void> {
  if (account) await lchown(path, account.uid, account.gid);
}

/** Removes what killed processes left behind. */
export async function sweepDrafts({ folder }: Home): Promise<void> {
  const drafts = (await readdir(folder)).filter((name) => name.startsWith(PREFIX));
  for (const name of drafts) await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
}

/** Without this, a power cut could undo the rename, and with it acknowledged rows. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}
