import { randomUUID } from 'node:crypto';
import { TokenMint } from '../../src/user/application/token-mint';
import { addPlayer, adminBearer, bearerOf } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';

describe('an admin who was demoted a moment ago, though their token still says admin', () => {
  let app: TestApp;
  let bearer: string;
  let webhookId: string;

  const send = (method: 'post' | 'put' | 'delete', path: string, body: object, authorization = bearer) =>
    app.request()[method](path).set('authorization', authorization).send(body);

  beforeAll(async () => {
    app = await startTestApp({ ROLES: 'api' });
    const { id } = await addPlayer(app);
    const mint = app.app.get(TokenMint, { strict: false });
    bearer = bearerOf(mint, { id, role: 'admin' });
    const webhook = { url: 'https://receiver.example/', types: ['*'] };
    webhookId = (await send('post', '/webhooks', webhook, await adminBearer(app)).expect(201)).body.id;
  });

  afterAll(() => app.close());

  it.each([
    ['opens no lottery', 'post', '/lotteries', { date: '2999-01-01' }],
    ['registers no webhook', 'post', '/webhooks', { url: 'https://a.example/', types: ['*'] }],
    ['removes no webhook', 'delete', '/webhooks/:webhookId', {}],
    ['sets no rules', 'put', `/pools/rules/${randomUUID()}`, { size: 10, payoutShare: 1 }],
  ] as const)('%s', async (_, method, path, body) => {
    const response = await send(method, path.replace(':webhookId', webhookId), body).expect(403);
    expect(response.body).toMatchObject({ code: 'access.forbidden' });
    const [stored] = await app.database.dataSource.query<[Record<string, number>]>(
      `select (select count(*)::int from lotteries) as lotteries, (select count(*)::int from pool_games) as games,
         (select count(*)::int from webhooks where removed_at is null) as webhooks`,
    );
    expect(stored).toEqual({ lotteries: 0, games: 0, webhooks: 1 });
  });
});
