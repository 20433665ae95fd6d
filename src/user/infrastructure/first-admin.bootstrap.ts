import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { EnsureFirstAdmin } from '../application/ensure-first-admin';
import { UserConfig } from './user-config';

/** The configured admin exists before the first request is answered. */
@Injectable()
export class FirstAdminBootstrap implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstAdmin');

  constructor(
    private readonly config: UserConfig,
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
