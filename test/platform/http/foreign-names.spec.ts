import type { OpenApiDocument, OpenApiOperation } from '../../support/openapi-document';
import { adminBearer } from '../../support/players';
import { CLOSE_TOKEN, startTestApp, TestApp } from '../../support/test-app';

/** Every object inherits a property of these names: a plain object as a map of known fields has them all. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);
/** Takes attributes of any name (CloudEvents 1.0, extension attributes), and reads none but its own. */
const OPEN = ['stakesSubmit'];
const ID = '019a0000-0000-7000-8000-000000000000';

describe('a field with a name that every object inherits', () => {
  let app: TestApp;
  let bearer: string;
  let operations: [string, string, OpenApiOperation][];

  beforeAll(async () => {
    app = await startTestApp();
    bearer = await adminBearer(app);
    const { paths } = (await app.request().get('/openapi.json').expect(200)).body as OpenApiDocument;
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, OpenApiOperation] => [
        method,
        path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ({ date: '2026-11-21', index: '0' })[name] ?? ID),
        operation,
      ]),
    );
  });

  afterAll(() => app.close());

  const send = (method: string, path: string, body?: string) => {
    const headers = { 'x-internal-token': CLOSE_TOKEN, authorization: bearer, 'sec-fetch-site': 'same-origin' };
    const request = app.request()[method as 'post'](path).set(headers);
    return body === undefined ? request : request.set('content-type', 'application/json').send(body);
  };
  const faultsOf = ({ status, body }: { status: number; body: unknown }) => ({
    status,
    errors: (body as { errors?: { pointer?: string; parameter?: string; detail: string }[] }).errors,
  });

  it('is as unknown as any other, in the body of every operation', async () => {
    const withBody = operations.filter(
      ([, , { operationId, requestBody }]) => requestBody && !OPEN.includes(operationId),
    );
    expect(withBody.length).toBeGreaterThan(5);
    for (const [method, path] of withBody) {
      // The parser itself refuses what would set a prototype.
      for (const name of INHERITED.filter((one) => one !== '__proto__')) {
        for (const value of ['1', 'null', '{"a":[]}']) {
          const { status, errors } = faultsOf(await send(method, path, `{"${name}":${value}}`));
          expect([method, path, name, status, errors]).toEqual([
            method,
            path,
            name,
            400,
            expect.arrayContaining([{ pointer: `/${name}`, detail: `property ${name} should not exist` }]),
          ]);
        }
      }
    }
  });

  it('is as unknown as any other, in the query of every operation', async () => {
    for (const [method, path, { parameters = [] }] of operations) {
      if (!parameters.some(({ in: place }) => place === 'query')) continue;
      for (const name of INHERITED) {
        const { status, errors } = faultsOf(await send(method, `${path}?${name}=1`));
        expect([path, name, status, errors]).toEqual([
          path,
          name,
          400,
          expect.arrayContaining([{ parameter: name, detail: `property ${name} should not exist` }]),
        ]);
      }
    }
  });

  it('is named beside all other faults', async () => {
    const { errors } = faultsOf(await send('post', '/auth/register', '{"username":"x","toString":1,"x":1}'));
    expect(new Set(errors?.map(({ pointer }) => pointer))).toEqual(
      new Set(['/username', '/password', '/toString', '/x']),
    );
  });

  it('reaches no path parameter, log-in or page of problems as a known word', async () => {
    for (const name of INHERITED) {
      await send('get', `/problems/${name}`).expect(404);
      await send('get', `/users/${name}`).expect(400);
      await send('get', `/lotteries/${name}`).expect(400);
      await send('get', `/lotteries?state=${name}`).expect(400);
    }
    for (const name of ['constructor', '__proto__']) {
      await send('post', '/auth/login', JSON.stringify({ username: name, password: name })).expect(401);
    }
  });
});
