import { AuditTrail } from '../../../src/shared/application/audit-trail';
import { Clock } from '../../../src/shared/application/clock';
import { UnitOfWork } from '../../../src/shared/application/unit-of-work';
import { addPlayer, adminBearer } from '../../support/players';
import { startTestApp, TestApp } from '../../support/test-app';
import { refuses } from '../../user/refuses';

interface AuditPage {
  readonly items: readonly { readonly id: string; readonly subject: string }[];
  readonly nextCursor: string | null;
}

interface Operation {
  readonly security: unknown;
  readonly parameters: readonly { readonly name: string; readonly schema: unknown }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties: unknown }>> };
}

describe('the audit trail', () => {
  let test: TestApp;
  let admin: string;

  beforeAll(async () => {
    test = await startTestApp();
    admin = await adminBearer(test);
  });

  afterAll(() => test.close());

  const get = (query = '', bearer = admin) => test.request().get(`/audit${query}`).set('authorization', bearer);

  describe.each([
    'update audit_entries set actor = $$service$$',
    'delete from audit_entries',
    'truncate audit_entries',
  ])('after %s', (statement) => {
    it('is as it was: the database refuses', async () => {
      const before = await stored();
      expect(before).not.toEqual([]);
      await expect(test.database.dataSource.query(statement)).rejects.toThrow('audit_entries is append-only');
      expect(await stored()).toEqual(before);
    });
  });

  it('refuses a change that would meet no entry', async () => {
    const nothing = 'delete from audit_entries where false';
    await expect(test.database.dataSource.query(nothing)).rejects.toThrow('audit_entries is append-only');
  });

  it('shows who did what when', async () => {
    const { id } = await addPlayer(test);
    await test.request().post(`/users/${id}/ban`).set('authorization', admin).send({ reason: 'why' }).expect(204);
    const { body } = await get('?limit=1').expect(200);
    const [{ actor }] = await test.database.dataSource.query<[{ actor: string }]>(
      `select id as actor from users where role = 'admin'`,
    );
    expect(body).toEqual({
      items: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          index: expect.any(Number),
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          actor,
          action: 'user.banned',
          subject: id,
          details: { reason: 'why' },
        },
      ],
      nextCursor: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('is shown newest first, page by page, also where all of it happened in one millisecond', async () => {
    const subjects = Array.from({ length: 50 }, (_, i) => `subject ${i}`);
    const clock = test.app.get(Clock);
    jest.spyOn(clock, 'now').mockReturnValue(clock.now());
    await test.app.get(UnitOfWork).run(async () => {
      for (const subject of subjects) {
        await test.app.get(AuditTrail).record({ actor: 'service', action: 'test.happened', subject });
      }
    });
    jest.restoreAllMocks();
    const shown: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(`?limit=7${cursor}`).expect(200);
      const { items, nextCursor } = body as AuditPage;
      shown.push(...items.map(({ subject }) => subject));
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(shown.slice(0, 50)).toEqual(subjects.toReversed());
    expect(shown).toHaveLength((await stored()).length);
  });

  it('is shown to admins only', async () => {
    await refuses(test.request().get('/audit'), 401, 'auth.token-missing');
    await refuses(get('', (await addPlayer(test)).bearer), 403, 'access.forbidden');
  });

  it('is described in /openapi.json as it is', async () => {
    const { body } = await test.request().get('/openapi.json').expect(200);
    const { paths, components } = body as OpenApi;
    const { security, parameters, responses } = paths['/audit']!.get;
    expect(security).toEqual([{ bearer: [] }]);
    expect(parameters.find(({ name }) => name === 'cursor')?.schema).toEqual({ type: 'string', format: 'uuid' });
    expect(JSON.stringify(responses['200'])).toContain('#/components/schemas/AuditEntryView');
    expect(components.schemas['AuditEntryView']?.properties).toMatchObject({
      at: { type: 'string', format: 'date-time' },
      details: { type: 'object', additionalProperties: { type: 'string' } },
    });
    expect(JSON.stringify(paths)).not.toContain('#/components/schemas/Object');
  });

  function stored(): Promise<unknown[]> {
    return test.database.dataSource.query('select * from audit_entries order by id');
  }
});
