import {
  Controller,
  Get,
  Header,
  HttpCode,
  Module,
  Post,
  Type,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  HEADERS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
} from '@nestjs/common/constants';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, ApplicationConfig, ModulesContainer, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createApp } from '../../../src/create-app';
import { createDataSource } from '../../../src/data-source';
import { AdminOnly, InternalOnly, Public, SignedInRequest, userOf } from '../../../src/platform/http/access';
import { AccessGuard } from '../../../src/platform/http/access';
import { AccessTokens } from '../../../src/platform/http/access-tokens';
import { Direct, openDirectRoutes } from '../../../src/platform/http/direct';
import { createHttpAdapter } from '../../../src/platform/http/http';
import { HttpConfig } from '../../../src/platform/http/http-config';
import { Standing } from '../../../src/platform/http/standing';
import { ProblemFilter } from '../../../src/platform/problems/problem.filter';
import { InvalidInput } from '../../../src/shared/domain/invalid-input';
import { JwtAccessTokens } from '../../../src/user/infrastructure/jwt-access-tokens';
import { CLOSE_TOKEN, testConfig } from '../../support/test-app';

const config = testConfig('postgres://unused');
const tokens = new JwtAccessTokens(config, config);
const standing: Standing = { of: (user) => user, hasEnded: () => false };
const bearer = (role: 'player' | 'admin') => ({
  authorization: `Bearer ${tokens.issue({ id: 'somebody', role, sessionId: 'a session' })}`,
});
const PLAYER = bearer('player');
const ADMIN = bearer('admin');
const OPERATOR = { 'x-internal-token': CLOSE_TOKEN };

type ThingRequest = SignedInRequest & FastifyRequest<{ Params: { id: string; part: string } }>;

@Controller('things')
class ThingsController {
  private readonly made: string[] = [];

  @Post(':id/parts/:part')
  @Direct()
  async make(request: ThingRequest, reply: FastifyReply): Promise<object> {
    if (request.params.part === 'bad') throw new InvalidInput([{ parameter: 'part', detail: 'bad' }]);
    this.made.push(request.params.id);
    void reply.header('x-made', String(this.made.length));
    return { id: request.params.id, by: userOf(request).id };
  }

  @Get(':id')
  @Public()
  @Direct()
  async find(request: ThingRequest): Promise<object> {
    return { id: request.params.id };
  }

  @Post('checks')
  @HttpCode(202)
  @AdminOnly()
  @Direct()
  async check(): Promise<string> {
    return 'checked';
  }

  @Post('ends')
  @InternalOnly()
  @Direct()
  async end(): Promise<string> {
    return 'ended';
  }
}

/** Whatever could stand in the pipeline. */
class Nothing {
  canActivate = () => true;
  intercept = () => undefined as never;
  transform = () => undefined;
  catch = () => undefined;
}

@Controller('guarded')
class GuardedController {
  @Get('guard')
  @UseGuards(Nothing)
  @Direct()
  async guard(): Promise<void> {}

  @Get('interceptor')
  @Direct()
  @UseInterceptors(Nothing)
  async interceptor(): Promise<void> {}

  @Get('filter')
  @UseFilters(Nothing)
  @Direct()
  async filter(): Promise<void> {}

  @Get('header')
  @Header('x-thing', 'yes')
  @Direct()
  async header(): Promise<void> {}
}

@Controller('piped')
@UsePipes(Nothing)
class PipedController {
  @Get()
  @Direct()
  async pipe(): Promise<void> {}
}

function moduleOf(controllers: Type[], ...providers: object[]): Type {
  @Module({
    controllers,
    providers: [
      ...[
        AccessGuard,
        { provide: AccessTokens, useValue: tokens },
        { provide: Standing, useValue: standing },
        { provide: HttpConfig, useValue: config },
      ],
      ...[
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useExisting: AccessGuard },
      ],
      ...(providers as Type[]),
    ],
  })
  class PlantedModule {}
  return PlantedModule;
}

function appOf(module: Type): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(module, createHttpAdapter(config), {
    logger: false,
    abortOnError: false,
  });
}

describe('a direct route', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await appOf(moduleOf([ThingsController]));
    app.getHttpAdapter().getInstance().decorateReply('problemCode', null);
    openDirectRoutes(app);
    await app.init();
  });
  afterAll(() => app.close());
  afterEach(() => jest.restoreAllMocks());

  const call = async (method: 'GET' | 'HEAD' | 'POST', url: string, headers: Record<string, string> = {}) => {
    const { statusCode, body, headers: told } = await app.inject({ method, url, headers });
    return { status: statusCode, body, told };
  };
  const codeOf = async (...asked: Parameters<typeof call>): Promise<unknown> => {
    const { status, body } = await call(...asked);
    return [status, (JSON.parse(body) as { code: string }).code];
  };

  it("answers with what its controller's method returns, as JSON", async () => {
    const { status, body, told } = await call('POST', '/things/7/parts/1', PLAYER);
    expect([status, JSON.parse(body)]).toEqual([201, { id: '7', by: 'somebody' }]);
    expect(told).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'x-made': '1' });
    expect(await call('GET', '/things/8')).toMatchObject({ status: 200, body: '{"id":"8"}' });
    expect(await call('HEAD', '/things/8')).toMatchObject({ status: 200, body: '', told: { 'content-length': '10' } });
  });

  it('has the status that it declares', async () => {
    expect(await call('POST', '/things/checks', ADMIN)).toMatchObject({ status: 202, body: 'checked' });
    expect(await call('POST', '/things/ends', OPERATOR)).toMatchObject({ status: 201, body: 'ended' });
  });

  it('goes through the gate with the access that it declares, and not through the pipeline', async () => {
    const pipeline = jest.spyOn(AccessGuard.prototype, 'canActivate');
    expect(await codeOf('POST', '/things/7/parts/1')).toEqual([401, 'auth.token-missing']);
    expect(await codeOf('POST', '/things/7/parts/1', { authorization: 'Bearer x' })).toEqual([
      401,
      'auth.token-invalid',
    ]);
    expect(await codeOf('POST', '/things/checks', PLAYER)).toEqual([403, 'access.forbidden']);
    expect(await codeOf('POST', '/things/ends', ADMIN)).toEqual([401, 'access.internal-token-missing']);
    expect(pipeline).not.toHaveBeenCalled();
  });

  it('has problems like any other', async () => {
    expect(await codeOf('POST', '/things/7/parts/bad', PLAYER)).toEqual([400, 'request.invalid']);
  });

  it.each(['/things//parts/1', '/things/7/parts/', '/things//parts/'])(
    'is another path if a segment is empty: %s',
    async (path) => {
      expect(await codeOf('POST', path, PLAYER)).toEqual([404, 'http.not-found']);
    },
  );
});

describe('direct routes', () => {
  it('of the service leave out nothing but the gate that stands before all routes, or one of them', async () => {
    const app = await createApp(config, createDataSource({ url: config.DATABASE_URL, poolSize: 1 }));
    const direct = directMethods(app).map(({ controller, method }) => `${controller.name}.${method}`);
    expect(direct).toContain('LotteryBallotsController.submit');
    expect(leftOut(app)).toEqual([]);
  });

  it('are found to leave out what was planted: the test above does look', async () => {
    const interceptor = { provide: APP_INTERCEPTOR, useClass: Nothing };
    const guard = { provide: APP_GUARD, useClass: Nothing };
    const app = await appOf(moduleOf([ThingsController, GuardedController, PipedController], interceptor, guard));
    expect(leftOut(app)).toEqual([
      'for all routes: Nothing',
      'for all routes: Nothing',
      `GuardedController.guard: ${GUARDS_METADATA}`,
      `GuardedController.interceptor: ${INTERCEPTORS_METADATA}`,
      `GuardedController.filter: ${EXCEPTION_FILTERS_METADATA}`,
      `GuardedController.header: ${HEADERS_METADATA}`,
      `PipedController.pipe: ${PIPES_METADATA}`,
    ]);
  });
});

/** What direct routes would have met in the pipeline, besides the gate. */
function leftOut(app: NestFastifyApplication): string[] {
  const pipeline = app.get(ApplicationConfig);
  const forAll = [
    ...pipeline.getGlobalGuards().filter((guard) => !(guard instanceof AccessGuard)),
    ...pipeline.getGlobalInterceptors(),
    ...pipeline.getGlobalRequestGuards(),
    ...pipeline.getGlobalRequestInterceptors(),
  ].map(({ constructor }) => `for all routes: ${constructor.name}`);
  const notMet = [GUARDS_METADATA, INTERCEPTORS_METADATA, EXCEPTION_FILTERS_METADATA, PIPES_METADATA, HEADERS_METADATA];
  const ofOne = directMethods(app).flatMap(({ controller, method, answer }) =>
    notMet
      .filter((key) => [controller, answer].some((place) => Reflect.hasMetadata(key, place)))
      .map((key) => `${controller.name}.${method}: ${key}`),
  );
  return [...forAll, ...ofOne];
}

function directMethods(app: NestFastifyApplication): { controller: Type; method: string; answer: object }[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    const controller = metatype as Type;
    return Object.entries(Object.getOwnPropertyDescriptors(controller.prototype as object))
      .map(([method, { value }]) => ({ controller, method, answer: value as object }))
      .filter(({ answer }) => {
        const route = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, answer) as { direct?: object } | undefined;
        return route?.direct !== undefined;
      });
  });
}
