import { pause } from './pause';

const POLL_MS = 10;

/** Whether it came true in time. */
export async function comesTrue(holds: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) return false;
    await pause(POLL_MS);
  }
  return true;
}

/** @throws Error where it does not come true in time. */
export async function until(holds: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  if (!(await comesTrue(holds, withinMs))) throw new Error(`it did not come true: ${holds.toString()}`);
}
