import { ServiceProcess, startService } from '../../support/service-process';

/** Beyond, something is wrong that a start does not mend. */
const MAX_STARTS_IN_A_ROW = 5;
const LAST_WORDS = 1_500;

/** Processes of the built service behind a supervisor, which starts again whoever has ended. */
export class ServiceFleet {
  private readonly services: (ServiceProcess | null)[];
  private starting: Promise<void>[];
  private ended = false;
  /** Of those that ended though nobody killed them. */
  readonly lastWords: string[] = [];

  /** `program`: see startService. */
  private constructor(
    private readonly environments: readonly Record<string, string>[],
    private readonly program?: string,
  ) {
    this.services = environments.map(() => null);
    this.starting = environments.map((_, i) => this.boot(i));
  }

  /** One process for each environment; resolves when all listen. */
  static async start(environments: readonly Record<string, string>[], program?: string): Promise<ServiceFleet> {
    const fleet = new ServiceFleet(environments, program);
    await Promise.all(fleet.starting);
    return fleet;
  }

  /** Null while it does not listen. */
  urlOf(i: number): string | null {
    return this.services[i]?.url ?? null;
  }

  /** kill -9. Resolves when it is dead; the next is on its way then. */
  async kill(i: number): Promise<void> {
    await this.starting[i];
    const service = this.services[i];
    this.services[i] = null;
    await service?.stop('SIGKILL');
    this.starting[i] = this.boot(i);
  }

  /** What each prints, its end. */
  logs(): string {
    return this.services
      .map((service, i) => `--- replica ${i}\n${service?.output().slice(-LAST_WORDS) ?? ''}`)
      .join('\n');
  }

  async end(): Promise<void> {
    this.ended = true;
    await Promise.allSettled(this.starting);
    await Promise.all(this.services.map(async (service) => service?.stop('SIGKILL')));
  }

  private async boot(i: number): Promise<void> {
    for (let start = 1; !this.ended && start <= MAX_STARTS_IN_A_ROW; start++) {
      try {
        const service = await startService(this.environments[i] ?? {}, this.program);
        this.services[i] = service;
        service.child.once('exit', () => {
          this.mourn(i, service);
        });
        return;
      } catch (error) {
        this.lastWords.push(String(error));
      }
    }
  }

  private mourn(i: number, service: ServiceProcess): void {
    if (this.ended || this.services[i] !== service) return;
    this.lastWords.push(service.output().slice(-LAST_WORDS));
    this.services[i] = null;
    this.starting[i] = this.boot(i);
  }
}
