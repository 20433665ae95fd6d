import { island } from '../../client/island';
import { Account } from './account';

export const mount = island(Account);
