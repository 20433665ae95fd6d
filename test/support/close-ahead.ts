import type { INestApplicationContext } from '@nestjs/common';
import { CloseLottery } from '../../src/lottery/application/close-lottery';

/**
 * Specs open one lottery after another, of days far ahead, and close them early: for them that is no slip of an
 * operator. close-ahead.child.cjs does the same in a process of the service.
 */
export function letCloseAhead(app: INestApplicationContext): void {
  const closing = app.get(CloseLottery, { strict: false });
  closing.byHand = async (date, early) => void (await closing.execute({ date, trigger: 'manual', early }));
}

/** What operators have. */
export function closeAsOperatorsDo(app: INestApplicationContext): void {
  Reflect.deleteProperty(app.get(CloseLottery, { strict: false }), 'byHand');
}
