import type { Page, PageRequest } from '../../shared/application/page';
import type { PoolRules } from '../domain/pool-rules';

/** Stores the rules of games. */
export abstract class PoolRuleBook {
  /**
   * The rules of games that have their own rules or had stakes, in the order of their ids; the cursor is such an id.
   */
  abstract page(page: PageRequest): Promise<Page<PoolRules>>;
  /** Waits for a transaction that is filling the game's pools. */
  abstract store(rules: PoolRules): Promise<void>;
}
