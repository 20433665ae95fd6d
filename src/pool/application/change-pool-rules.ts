import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import type { Page, PageRequest } from '../../shared/application/page';
import { Admins } from '../../user/user.api';
import type { PoolRules } from '../domain/pool-rules';
import { PoolRuleBook } from './pool-rule-book';

/** Changes the rules of the next pools of a game; open pools keep their rules. */
@Injectable()
export class ChangePoolRules {
  constructor(
    private readonly admins: Admins,
    private readonly book: PoolRuleBook,
    private readonly audit: AuditTrail,
  ) {}

  page(page: PageRequest): Promise<Page<PoolRules>> {
    return this.book.page(page);
  }

  /** @throws AccessForbidden */
  async execute(rules: PoolRules, adminId: string): Promise<void> {
    await this.admins.act(adminId, async () => {
      await this.book.store(rules);
      await this.audit.record({
        actor: { userId: adminId },
        action: 'pool.rules-changed',
        subject: rules.gameId,
        details: { size: String(rules.size), payoutShare: String(rules.payoutShareBp) },
      });
    });
  }
}
