import { ProveLotteries } from '../../src/lottery/application/prove-lotteries';
import { LotteryNotFound } from '../../src/lottery/domain/errors';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { Readiness } from '../../src/platform/health/readiness';
import { readFileSync } from 'node:fs';
import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import { Contract } from '../support/contract';
import { takeContractFaults } from '../support/contract-faults';
import type { OpenApiDocument } from '../support/openapi-document';
import { startTestApp, TestApp } from '../support/test-app';

describe('the document of the API', () => {
  let app: TestApp;
  let document: OpenApiDocument;

  beforeAll(async () => {
    app = await startTestApp();
    document = (await app.request().get('/openapi.json').expect(200)).body as OpenApiDocument;
  });

  afterAll(() => app.close());

  afterEach(() => jest.restoreAllMocks());

  const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods));

  it('names each operation once', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['lotteryBallotsSubmit', 'authLogin', 'poolsFind']));
  });

  it('links only to operations and parameters that there are', () => {
    const known = new Map(operations().map((operation) => [operation.operationId, operation]));
    const links = operations().flatMap(({ responses }) =>
      Object.values(responses).flatMap(({ links: all = {} }) => Object.values(all)),
    );
    expect(links.length).toBeGreaterThan(10);
    for (const { operationId, parameters = {} } of links) {
      const names = known.get(operationId)?.parameters?.map(({ name }) => name);
      expect([operationId, names]).toEqual([operationId, expect.arrayContaining(Object.keys(parameters))]);
    }
  });

  it('has every problem code that a request can meet', () => {
    const listed = [...readFileSync('docs/problems.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, code]) => code ?? '');
    const written = JSON.stringify(document.paths);
    // Refused before there is an operation, or where no operation is served.
    const outside = [
      'http.not-found',
      'http.not-served-here',
      'http.request-timeout',
      'http.expectation-failed',
      'http.headers-too-large',
      // The ledger has no routes of its own.
      ...listed.filter((code) => code.startsWith('wallet.')),
    ];
    expect(listed.filter((code) => !written.includes(`"${code}"`)).sort()).toEqual(outside.sort());
  });

  describe('is held against every answer of every spec, so that one fails', () => {
    const ready = () => app.request().get('/health/ready');

    it('where the answer is as it is described: not at all', async () => {
      await ready().expect(200);
      await app.app.inject('/health/ready');
      await app.request().head('/lotteries').expect(200);
      await app.request().get('/nowhere').expect(404);
      expect(takeContractFaults()).toEqual([]);
    });

    it('where a status is not described', async () => {
      jest.spyOn(app.app.get(Readiness, { strict: false }), 'check').mockRejectedValue(new AccessForbidden());
      await ready().expect(403);
      expect(takeContractFaults()).toEqual([expect.stringContaining('knows no such status')]);
    });

    it('where a problem code is not described', async () => {
      const lotteries = app.app.get(ProveLotteries, { strict: false });
      jest.spyOn(lotteries, 'bundle').mockRejectedValue(new AccessForbidden());
      await app.request().get('/lotteries/today/bundle').expect(403);
      const other = Object.assign(new LotteryNotFound(LotteryDate.parse('2026-11-21')), { code: 'lottery.lost' });
      jest.spyOn(lotteries, 'bundle').mockRejectedValue(other);
      await app.request().get('/lotteries/today/bundle').expect(404);
      expect(takeContractFaults()).toEqual([
        expect.stringContaining('403: the document knows no such status'),
        expect.stringMatching(/404: body\/code must be equal to one of the allowed values/),
      ]);
    });

    it('where a value is not of its format', async () => {
      const noon = { toISOString: () => 'noon' } as Date;
      jest.spyOn(app.app.get(Readiness, { strict: false }), 'check').mockResolvedValue(noon);
      await ready().expect(200);
      expect(takeContractFaults()).toEqual([expect.stringContaining('body/databaseTime must match format')]);
    });

    it('where a field is missing, or one too many', async () => {
      const bundle = jest.spyOn(app.app.get(ProveLotteries, { strict: false }), 'bundle');
      const wrong = { format: 'lottery-bundle/v1', secret: 'x', candidates: [] };
      bundle.mockResolvedValue({ bundle: wrong, final: false } as never);
      await app.request().get('/lotteries/today/bundle').expect(200);
      expect(takeContractFaults()).toEqual([
        expect.stringMatching(/must have required property 'verifierKey'.*must NOT have additional properties/),
      ]);
    });

    it('where the answer was injected', async () => {
      jest.spyOn(app.app.get(Readiness, { strict: false }), 'check').mockRejectedValue(new AccessForbidden());
      await app.app.inject('/health/ready');
      expect(takeContractFaults()).toHaveLength(1);
    });
  });

  it.each([
    ['a route is not described', { url: '/forgotten', status: 200 }, 'no such operation'],
    ['a method is not described', { url: '/lotteries', method: 'PUT', status: 201 }, 'no such operation'],
    ['a refusal is no problem', { url: '/nowhere', status: 404, headers: { 'content-type': 'text/html' } }, 'it is no'],
    ['the media type is another', { url: '/lotteries', headers: { 'content-type': 'text/plain' } }, 'type text/plain'],
    ['the media type is missing', { url: '/lotteries', headers: {} }, 'type undefined'],
    ['the body is cut off', { url: '/lotteries', body: '{"items":[' }, 'no JSON'],
    ['there is a body and none is described', { url: '/auth/logout', method: 'POST', status: 204 }, 'not described'],
    ['a header is missing', { url: '/users/me', status: 401 }, 'WWW-Authenticate is missing'],
  ])('finds fault where %s', (_, given, fault) => {
    const json = { 'content-type': 'application/json' };
    const answer = { method: 'GET', status: 200, headers: json, body: '{"items":[],"nextCursor":null}', ...given };
    expect(new Contract(document).faultsOf(answer).join()).toContain(fault);
  });
});
