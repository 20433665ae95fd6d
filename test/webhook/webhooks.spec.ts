import { createHmac } from 'node:crypto';
import { addPlayer } from '../support/players';
import { comesTrue, until } from '../support/until';
import { WebhookReceiver } from '../support/webhook-receiver';
import { DeliveryBody, HOUR_MS, LONG_MS, webhookStage } from './webhook-stage';

describe('webhooks', () => {
  const stage = webhookStage();
  const { post, get, register, announce, deliveriesOf } = stage;

  describe('registered by admins', () => {
    it('show their secret once, and stand in the audit trail', async () => {
      const given = { url: 'https://receiver.example/path?key=1#part', types: ['lottery.drawn'], description: 'ours' };
      const { body } = await post('/webhooks', given).expect(201);
      expect(body).toEqual({
        id: expect.any(String),
        url: 'https://receiver.example/path?key=1',
        types: ['lottery.drawn'],
        description: 'ours',
        createdAt: expect.any(String),
        disabledAt: null,
        pausedUntil: null,
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      });
      const { secret, ...shown } = body as { secret: string };
      const listed = await get('/webhooks').expect(200);
      expect(listed.body).toEqual({ items: [shown], nextCursor: null });
      expect(listed.text).not.toContain(secret.slice('whsec_'.length));
      await stage.app.request().delete(`/webhooks/${body.id}`).set('authorization', stage.bearer).expect(204);
      await stage.app.request().delete(`/webhooks/${body.id}`).set('authorization', stage.bearer).expect(404);
      expect((await get('/webhooks').expect(200)).body.items).toEqual([]);
      const audit = await get('/audit').expect(200);
      expect(audit.text).not.toContain('key=1');
      expect((audit.body.items as unknown[]).slice(0, 2)).toMatchObject([
        { action: 'webhook.deleted', subject: body.id },
        { action: 'webhook.created', subject: body.id, details: { host: 'receiver.example' } },
      ]);
    });

    it('are for admins only', async () => {
      const player = await addPlayer(stage.app);
      await stage.app.request().get('/webhooks').set('authorization', player.bearer).expect(403);
    });

    it.each([
      [{}, 400, 'request.invalid'],
      [{ url: 'https://a.example', types: [] }, 400, 'request.invalid'],
      [{ url: 'https://a.example', types: ['Lottery'] }, 400, 'request.invalid'],
      [{ url: 'https://a.example', types: ['lottery.drawn', 'lottery.drown'] }, 400, 'request.invalid'],
      [{ url: 'https://a.example', types: ['constructor.name'] }, 400, 'request.invalid'],
      [{ url: 'https://a.example', types: ['*'], secret: 'mine' }, 400, 'request.invalid'],
      [{ url: 'nowhere', types: ['*'] }, 422, 'webhook.url-refused'],
      [{ url: 'ftp://a.example', types: ['*'] }, 422, 'webhook.url-refused'],
      [{ url: 'https://me:secret@a.example', types: ['*'] }, 422, 'webhook.url-refused'],
    ])('are refused as %j', async (body, status, code) => {
      expect((await post('/webhooks', body).expect(status)).body).toMatchObject({ code });
    });

    it('are 100 at most', async () => {
      await stage.app.database.dataSource.query(
        `insert into webhooks (id, url, types, created_at)
         select gen_random_uuid(), 'https://a.example', '{*}', now() from generate_series(1, 99)`,
      );
      const both = await Promise.all([1, 2].map(() => post('/webhooks', { url: stage.receiver.url, types: ['*'] })));
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(both.map(({ body }) => body.code)).toContain('webhook.too-many');
    });
  });

  describe('are told', () => {
    it('what they asked for, signed as Standard Webhooks says', async () => {
      const { id, secret } = await register(stage.receiver.url, ['thing.moved']);
      await announce('thing.broken');
      await announce('thing.moved');
      await until(async () => (await deliveriesOf(id))[0]?.status === 'delivered');
      const [{ headers, body }] = stage.receiver.received as [(typeof stage.receiver.received)[0]];
      expect(JSON.parse(body)).toEqual({
        type: 'thing.moved',
        version: 1,
        timestamp: expect.any(String),
        data: { n: 0 },
      });
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
      expect(Math.abs(Number(headers['webhook-timestamp']) * 1000 - Date.now())).toBeLessThan(60_000);
      expect(await deliveriesOf(id)).toMatchObject([
        { messageId: headers['webhook-id'], type: 'thing.moved', attempts: 1, lastStatusCode: 204, lastError: null },
      ]);
      expect(stage.receiver.received).toHaveLength(1);
    });

    it('again what they did not take, with the same id, longer and longer, until it has failed 8 times', async () => {
      stage.receiver.answer = (response) => response.writeHead(500).end('secret words');
      const { id } = await register();
      await announce('thing.moved');
      for (let attempt = 1; attempt <= 8; attempt++) {
        await until(async () => {
          const [delivery] = await deliveriesOf(id);
          return delivery?.attempts === attempt && delivery.lastStatusCode === 500;
        });
        await stage.app.database.setClockOffset(attempt * 13 * HOUR_MS);
      }
      await until(async () => (await deliveriesOf(id))[0]?.status === 'failed');
      expect(await deliveriesOf(id)).toMatchObject([{ attempts: 8, nextAttemptAt: null }]);
      expect(new Set(stage.receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      stage.receiver.answer = (response) => response.writeHead(200).end();
      const [delivery] = await deliveriesOf(id);
      await post(`/webhooks/${id}/deliveries/${delivery!.id}/retry`).expect(202);
      await until(async () => (await deliveriesOf(id))[0]?.status === 'delivered');
    }, 90_000);

    it('nothing more after they have answered 410', async () => {
      stage.receiver.answer = (response) => response.writeHead(410).end();
      const { id } = await register();
      await announce('thing.moved');
      await until(async () => (await deliveriesOf(id))[0]?.status === 'failed');
      expect((await get('/webhooks').expect(200)).body.items).toMatchObject([{ id, disabledAt: expect.any(String) }]);
      const told = stage.receiver.received.length;
      await announce('thing.moved');
      expect(await comesTrue(() => stage.receiver.received.length > told, LONG_MS)).toBe(false);
      expect((await post(`/webhooks/${id}/test`).expect(409)).body).toMatchObject({ code: 'webhook.disabled' });
    });

    it('at their own address only: a redirect is a failure', async () => {
      const other = await WebhookReceiver.start();
      stage.receiver.answer = (response) => response.writeHead(307, { location: other.url }).end();
      const { id } = await register();
      await post(`/webhooks/${id}/test`).expect(202);
      await until(async () => (await deliveriesOf(id))[0]?.lastStatusCode === 307);
      expect(await deliveriesOf(id)).toMatchObject([{ type: 'webhook.test', status: 'pending' }]);
      expect(other.connections).toBe(0);
      await other.stop();
    });

    it('whatever they answer besides: an endless answer harms nobody, a closed port is an error', async () => {
      stage.receiver.answer = (response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'.repeat(60_000)), 1);
        response.on('close', () => clearInterval(timer));
      };
      const [{ id }, nowhere] = [await register(), await register('http://127.0.0.1:9/hook')];
      await announce('thing.moved');
      await until(async () => (await deliveriesOf(id))[0]?.status === 'delivered');
      await until(async () => (await deliveriesOf(nowhere.id))[0]?.lastError === 'it cannot be reached (ECONNREFUSED)');
    });
  });

  it('are listed page by page, and unknown ones are told', async () => {
    const { id } = await register();
    await announce('thing.moved', 5);
    await until(async () => (await deliveriesOf(id)).length === 5);
    const first = (await get(`/webhooks/${id}/deliveries?limit=3`).expect(200)).body;
    const second = (await get(`/webhooks/${id}/deliveries?limit=3&cursor=${first.nextCursor}`).expect(200)).body;
    const ids = [...first.items, ...second.items].map((one: DeliveryBody) => one.id);
    expect(ids).toEqual((await deliveriesOf(id)).map((one) => one.id));
    const unknown = '01a1fd69-0000-7000-8000-000000000b0d';
    for (const response of [
      await get(`/webhooks/${unknown}/deliveries`),
      await post(`/webhooks/${unknown}/test`),
      await post(`/webhooks/${unknown}/deliveries/${unknown}/retry`),
    ]) {
      expect(response.body).toMatchObject({ status: 404, code: 'webhook.not-found' });
    }
    const { body } = await post(`/webhooks/${id}/deliveries/${unknown}/retry`).expect(404);
    expect(body).toMatchObject({ code: 'webhook.delivery-not-found' });
  });

  it('are themselves listed page by page, newest first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift((await register()).id);
    const listed: string[] = [];
    const sizes: number[] = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = (await get(`/webhooks?limit=2${cursor}`).expect(200)).body;
      listed.push(...(items as { id: string }[]).map(({ id }) => id));
      sizes.push(items.length);
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect([listed, sizes]).toEqual([ids, [2, 2, 1]]);
  });
});
