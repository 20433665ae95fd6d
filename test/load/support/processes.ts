import { readFileSync } from 'node:fs';

/** Clock ticks of a second, as Linux counts them for processes. */
const TICKS = 100;

/** Resident memory now (VmRSS) or at its highest ever (VmHWM). */
export function memoryMb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1_024;
}

/** Seconds of processor time that a process and all that it has started have had. */
export function processorSeconds(pid: number): number {
  const own = timesOf(pid);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const running = children.map((child) => timesOf(Number(child)).running);
  return (own.running + own.ended + running.reduce((sum, ticks) => sum + ticks, 0)) / TICKS;
}

export function parentOf(pid: number): number {
  return Number(statOf(pid)[1]);
}

/** Of itself, and of the children that have ended (proc_pid_stat(5)). */
function timesOf(pid: number): { running: number; ended: number } {
  const [user, system, endedUser, endedSystem] = statOf(pid).slice(11, 15).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return { running: user + system, ended: endedUser + endedSystem };
}

/** The fields behind the name, which may hold anything. A process that has just ended has had nothing. */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return Array.from({ length: 20 }, () => '0');
  }
}
