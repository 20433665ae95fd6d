import { island } from '../../client/island';
import { Admin } from './admin';

export const mount = island(Admin);
