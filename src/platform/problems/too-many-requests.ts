import { HttpException } from '@nestjs/common';

/** A caller has to wait for this many seconds. */
export class TooManyRequests extends HttpException {
  constructor(readonly retryAfterSeconds: number) {
    super('too many requests', 429);
  }
}
