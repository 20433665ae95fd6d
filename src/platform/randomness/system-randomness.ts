import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Randomness } from '../../shared/application/randomness';

@Injectable()
export class SystemRandomness extends Randomness {
  bytes(count: number): Buffer {
    return randomBytes(count);
  }
}
