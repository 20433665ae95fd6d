import { Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../../platform/config/config';
import { EnsureFirstAdmin } from '../application/ensure-first-admin';

/** The configured admin exists before the first request is answered. */
@Injectable()
export class FirstAdminBootstrap implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstAdmin');

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly ensureFirstAdmin: EnsureFirstAdmin,
  ) {}

  /** @throws FirstAdminNameTaken */
  async onApplicationBootstrap(): Promise<void> {
    const { ADMIN_USERNAME: username, ADMIN_PASSWORD: password } = this.config;
    if (username === undefined || password === undefined) return;
    const outcome = await this.ensureFirstAdmin.execute({ username, password });
    this.logger.log(`Admin ${username}: ${outcome}.`);
  }
}
