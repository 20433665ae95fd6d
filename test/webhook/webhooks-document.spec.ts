import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { EventCatalogue } from '../../src/shared/application/event-catalogue';
import { addPlayer } from '../support/players';
import { close, openFreshLottery, submit } from '../support/lottery-client';
import { until } from '../support/until';
import { webhookStage } from './webhook-stage';

interface Described {
  readonly post: {
    readonly operationId: string;
    readonly requestBody: { readonly content: { readonly 'application/json': { readonly schema: object } } };
  };
}

describe('the document of webhooks', () => {
  const stage = webhookStage();
  const { get, post, register } = stage;
  const documented = async () =>
    (await get('/openapi.json').expect(200)).body as {
      readonly webhooks: Readonly<Record<string, Described>>;
      readonly components: { readonly schemas: Readonly<Record<string, { readonly properties: object }>> };
    };

  it('has every type of event, as the table in docs/events.md has, and those that can be registered', async () => {
    const table = [...readFileSync('docs/events.md', 'utf8').matchAll(/`((?:lottery|user|pool)\.[a-z-]+)`/g)];
    const { webhooks, components } = await documented();
    const types = stage.app.app.get(EventCatalogue).types.filter((type) => !type.startsWith('thing.'));
    expect([...new Set(table.map(([, type]) => type))].sort()).toEqual([...types].sort());
    const described = Object.keys(webhooks).filter((type) => !type.startsWith('thing.'));
    expect(described.sort()).toEqual([...types, 'webhook.test'].sort());
    expect(components.schemas['RegisterWebhookBody']?.properties).toMatchObject({
      types: { items: { enum: expect.arrayContaining(['*', ...types]) } },
    });
    const names = Object.values(webhooks).map((one) => one.post.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('describes what is sent, to the field', async () => {
    await register(stage.receiver.url, ['*']);
    const { id } = await addPlayer(stage.app);
    await post(`/users/${id}/ban`).expect(204);
    await post(`/users/${id}/unban`).expect(204);
    const date = await openFreshLottery(stage.app);
    const player = await addPlayer(stage.app);
    await submit(stage.app, date, player).expect(201);
    await close(stage.app, date, '&early=true').expect(200);
    const sent = () =>
      stage.receiver.received.map(({ body }) => JSON.parse(body) as { type: string; version: number; data: object });
    const expected = ['user.banned', 'user.unbanned', 'lottery.opened', 'lottery.sealed', 'lottery.drawn'];
    await until(() => expected.every((type) => sent().some((one) => one.type === type)));
    const { webhooks } = await documented();
    const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
    for (const message of sent()) {
      const { schema } = webhooks[message.type]!.post.requestBody.content['application/json'];
      const { properties } = schema as { properties: { data: { properties: object } } };
      ajv.validate(schema, message);
      expect([message.type, ajv.errors]).toEqual([message.type, null]);
      expect(Object.keys(message.data).sort()).toEqual(Object.keys(properties.data.properties).sort());
    }
  });
});
