import { LRUCache } from 'lru-cache';
import { DomainError } from '../../shared/domain/domain-error';

/**
 * Results of look-ups that never change: the most recently used ones. Concurrent callers share one look-up of a key;
 * one that fails is not remembered.
 */
export class Remembered<T extends NonNullable<unknown>> {
  private readonly found: LRUCache<string, T>;
  private readonly underWay = new Map<string, Promise<T>>();

  constructor(max: number) {
    this.found = new LRUCache({ max });
  }

  /**
   * The remembered result, or that of a look-up. A caller that joined a look-up which found nothing looks up once more:
   * what it asks for may have come after that one began.
   */
  async get(key: string, lookUp: () => Promise<T>): Promise<T> {
    const found = this.found.get(key);
    if (found !== undefined) return found;
    const joined = this.underWay.get(key);
    if (!joined) return this.start(key, lookUp);
    try {
      return await joined;
    } catch (error) {
      if (!isMiss(error)) throw error;
      return this.underWay.get(key) ?? this.start(key, lookUp);
    }
  }

  private start(key: string, lookUp: () => Promise<T>): Promise<T> {
    const result = lookUp()
      .then((found) => {
        this.found.set(key, found);
        return found;
      })
      .finally(() => this.underWay.delete(key));
    this.underWay.set(key, result);
    return result;
  }
}

function isMiss(error: unknown): boolean {
  return error instanceof DomainError && error.kind === 'not-found';
}
