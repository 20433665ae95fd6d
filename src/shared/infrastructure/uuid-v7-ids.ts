import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Ids } from '../application/ids';

@Injectable()
export class UuidV7Ids extends Ids {
  next(at?: Date): string {
    return at ? v7({ msecs: at.getTime() }) : v7();
  }
}
