import { Injectable, OnModuleInit } from '@nestjs/common';
import { EventRoutes } from '../../platform/kafka/event-routes';

/** Awards go to a topic of their own, in the words of the player service. */
@Injectable()
export class AwardRoute implements OnModuleInit {
  constructor(private readonly routes: EventRoutes) {}

  onModuleInit(): void {
    this.routes.add('pool.awarded', {
      topic: 'lottery.v1.award',
      value: (award) => ({ message: { eventType: 'lotteryAwardCreated' }, award }),
    });
  }
}
