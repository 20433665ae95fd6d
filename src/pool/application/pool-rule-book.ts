import type { Page, PageRequest } from '../../shared/application/page';
import type { PoolRules } from '../domain/pool-rules';

/** Where the rules of games are kept. */
export abstract class PoolRuleBook {
  /** Of the games that have rules of their own, or had stakes, in the order of their ids; the cursor is such an id. */
  abstract page(page: PageRequest): Promise<Page<PoolRules>>;
  /** Waits for whoever fills the game's pools at this moment. */
  abstract store(rules: PoolRules): Promise<void>;
}
