import { Role } from '../../../src/platform/config/service-config';
import { ServiceProcess, startService } from '../../support/service-process';
import { until } from './kafka';

interface Member {
  readonly role: Role;
  /** Null while it starts. */
  service: ServiceProcess | null;
  started: Promise<void>;
}

/** Processes of the built service with one role each. Whoever is killed is started again at once. */
export class Fleet {
  private readonly members: Member[] = [];
  private readonly failures: unknown[] = [];

  /** `program`: see startService. */
  constructor(
    private readonly environment: Record<string, string>,
    private readonly program?: string,
  ) {}

  /** Resolves when all listen. */
  async start(role: Role, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const member: Member = { role, service: null, started: Promise.resolve() };
      this.boot(member);
      this.members.push(member);
    }
    await Promise.all(this.members.map(({ started }) => started));
  }

  /** kill -9 of one of those that have the role and run. Resolves when it is dead; the next is on its way then. */
  async kill(role: Role): Promise<void> {
    const running = () => this.members.filter((member) => member.role === role && member.service !== null);
    await until(() => this.failures.length > 0 || running().length > 0);
    const victims = running();
    const victim = victims[Math.floor(Math.random() * victims.length)];
    if (victim === undefined) throw new Error(`no ${role} runs: ${this.trouble().join('\n')}`);
    const { service } = victim;
    victim.service = null;
    await service?.stop('SIGKILL');
    this.boot(victim);
  }

  /** Of those that did not start, or ended though nobody killed them. */
  trouble(): string[] {
    const ended = this.members.flatMap(({ service }) => (service !== null && hasEnded(service) ? [service] : []));
    return [...this.failures.map(String), ...ended.map((service) => service.output())];
  }

  /** What those that run have printed. */
  output(): string {
    return this.members.map(({ service }) => service?.output() ?? '').join('');
  }

  /** Of all; nobody comes after them. */
  async end(signal: NodeJS.Signals): Promise<void> {
    await Promise.all(this.members.map(({ started }) => started));
    await Promise.all(this.members.splice(0).map(async ({ service }) => service?.stop(signal)));
  }

  private boot(member: Member): void {
    const starting = startService({ ...this.environment, ROLES: member.role }, this.program);
    member.started = starting.then(
      (service) => void (member.service = service),
      (error: unknown) => void this.failures.push(error),
    );
  }
}

function hasEnded({ child }: ServiceProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
