import { Controller, Injectable, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { AppModule } from '../../../src/app.module';
import { AppendBallots } from '../../../src/ballot/application/append-ballots';
import { BallotIntake, Receipts, Submission } from '../../../src/ballot/ballot.api';
import { DomainError } from '../../../src/shared/domain/domain-error';
import type { CompleteConfig } from '../../../src/programs/config';
import { configureHttp, createHttpAdapter } from '../../../src/platform/http/http';

/** What any authenticated route costs. */
@Controller()
class NothingController {
  @Post('nothing')
  nothing(): { readonly done: true } {
    return { done: true };
  }
}

/** A ballot as a transaction of its own. */
@Injectable()
class OneByOneIntake extends BallotIntake {
  constructor(private readonly ballots: AppendBallots) {
    super();
  }

  async submit(submission: Submission): Promise<Receipts> {
    const [outcome] = await this.ballots.execute(submission.drawId, [submission]);
    if (outcome === undefined || outcome instanceof DomainError) throw outcome ?? new Error('no outcome');
    return outcome;
  }
}

/** The whole service with a route that does nothing and without the group commit; otherwise made like `createApp`. */
export async function createComparisonApp(
  config: CompleteConfig,
  dataSource: DataSource,
): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({
    imports: [AppModule.with(config, dataSource)],
    controllers: [NothingController],
  })
    .overrideProvider(BallotIntake)
    .useClass(OneByOneIntake)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(createHttpAdapter(config), { bodyParser: false });
  await configureHttp(app);
  return app;
}
