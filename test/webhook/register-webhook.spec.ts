import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import { RegisterWebhook } from '../../src/webhook/application/register-webhook';
import { RemoveWebhook } from '../../src/webhook/application/remove-webhook';
import { RotateWebhookSecret } from '../../src/webhook/application/rotate-webhook-secret';
import { TooManySecrets, TooManyWebhooks, WebhookNotFound } from '../../src/webhook/domain/errors';
import { FakeAuditTrail, FakeClock, FakeIds, FakeRandomness, FakeUnitOfWork } from '../shared/fakes';
import { FakeAdmins } from '../user/fakes';
import { aWebhook, FakeWebhooks } from './fakes';

const MAX_WEBHOOKS = 100;
const given = {
  url: 'https://receiver.example/path?key=secret',
  types: ['lottery.drawn', 'pool.awarded', 'lottery.drawn'],
  description: 'ours',
};

let clock: FakeClock;
let webhooks: FakeWebhooks;
let audit: FakeAuditTrail;
let admins: FakeAdmins;
let register: RegisterWebhook;
let remove: RemoveWebhook;

beforeEach(() => {
  clock = new FakeClock();
  webhooks = new FakeWebhooks(clock);
  audit = new FakeAuditTrail();
  admins = new FakeAdmins(new FakeUnitOfWork([webhooks, audit]));
  register = new RegisterWebhook(admins, webhooks, new FakeRandomness(), new FakeIds(), clock, audit);
  remove = new RemoveWebhook(admins, webhooks, audit);
});

const registered = () => register.execute({ actorId: admins.id, ...given });

describe('register a webhook', () => {
  it('keeps where it leads, what it wants, each type once, and since when', async () => {
    const { webhook } = await registered();
    expect(await webhooks.get(webhook.id)).toEqual(webhook);
    expect(webhook).toMatchObject({ ...given, types: ['lottery.drawn', 'pool.awarded'], createdAt: clock.now() });
    expect(webhook).toMatchObject({ disabledAt: null, removedAt: null });
  });

  it('shows the secret that its messages are signed with', async () => {
    const { webhook, secret } = await registered();
    expect(secret).toBe(`whsec_${webhooks.rows.get(webhook.id)?.secret?.toString('base64')}`);
    expect(webhooks.rows.get(webhook.id)?.secret).toHaveLength(32);
    expect((await registered()).secret).not.toBe(secret);
  });

  it('writes down who did it and the host, but not what only the receiver may know', async () => {
    const { webhook, secret } = await registered();
    expect(audit.rows).toEqual([
      {
        actor: { userId: admins.id },
        action: 'webhook.created',
        subject: webhook.id,
        details: { host: 'receiver.example' },
      },
    ]);
    expect(JSON.stringify(audit.rows)).not.toContain(secret.slice('whsec_'.length));
  });

  it('refuses one too many and changes nothing', async () => {
    for (let i = 0; i < MAX_WEBHOOKS; i++) await registered();
    await expect(registered()).rejects.toThrow(TooManyWebhooks);
    expect(webhooks.rows.size).toBe(MAX_WEBHOOKS);
    expect(audit.rows).toHaveLength(MAX_WEBHOOKS);
  });

  it('counts those that still exist', async () => {
    const { webhook } = await registered();
    for (let i = 1; i < MAX_WEBHOOKS; i++) await registered();
    await remove.execute(webhook.id, admins.id);
    await expect(registered()).resolves.toBeDefined();
  });

  it('refuses an admin who was demoted, and changes nothing', async () => {
    admins.isDemoted = true;
    await expect(registered()).rejects.toThrow(AccessForbidden);
    expect([webhooks.rows.size, audit.rows.length]).toEqual([0, 0]);
  });

  it('does not happen when it cannot be written down', async () => {
    jest.spyOn(audit, 'record').mockRejectedValueOnce(new Error('no audit'));
    await expect(registered()).rejects.toThrow('no audit');
    expect(webhooks.rows.size).toBe(0);
  });
});

describe('rotate the secret of a webhook', () => {
  const rotate = (webhookId: string, overlapSeconds = 60, actorId = admins.id) =>
    new RotateWebhookSecret(admins, webhooks, new FakeRandomness(), audit).execute({
      actorId,
      webhookId,
      overlapSeconds,
    });

  it('shows the new one once, and writes down who did it, but not the secret', async () => {
    const { webhook } = await registered();
    const secret = await rotate(webhook.id);
    expect(secret).toBe(`whsec_${webhooks.rows.get(webhook.id)?.secret?.toString('base64')}`);
    const [, entry] = audit.rows;
    expect(entry).toEqual({
      actor: { userId: admins.id },
      action: 'webhook.secret-rotated',
      subject: webhook.id,
      details: { overlapSeconds: '60' },
    });
  });

  it('lets four old ones sign at most, and ends them all if it is asked to', async () => {
    const { webhook } = await registered();
    for (let i = 0; i < 4; i++) await rotate(webhook.id);
    const before = webhooks.rows.get(webhook.id);
    await expect(rotate(webhook.id)).rejects.toThrow(TooManySecrets);
    expect(webhooks.rows.get(webhook.id)).toEqual(before);
    await rotate(webhook.id, 0);
    expect(webhooks.rows.get(webhook.id)?.old).toEqual([]);
  });

  it('is for admins only', async () => {
    const { webhook } = await registered();
    admins.isDemoted = true;
    await expect(rotate(webhook.id)).rejects.toThrow(AccessForbidden);
  });
});

describe('remove a webhook', () => {
  beforeEach(() => webhooks.add(aWebhook('one'), Buffer.alloc(32)));

  it('is the end of it and of its secret', async () => {
    await remove.execute('one', admins.id);
    await expect(webhooks.get('one')).rejects.toThrow(WebhookNotFound);
    expect(webhooks.rows.get('one')?.secret).toBeNull();
  });

  it('writes down who did it', async () => {
    await remove.execute('one', admins.id);
    expect(audit.rows).toEqual([{ actor: { userId: admins.id }, action: 'webhook.deleted', subject: 'one' }]);
  });

  it('refuses one that there is not, or not any more, and writes nothing', async () => {
    await expect(remove.execute('two', admins.id)).rejects.toThrow(WebhookNotFound);
    await remove.execute('one', admins.id);
    await expect(remove.execute('one', admins.id)).rejects.toThrow(WebhookNotFound);
    expect(audit.rows).toHaveLength(1);
  });

  it('refuses an admin who was demoted, and changes nothing', async () => {
    admins.isDemoted = true;
    await expect(remove.execute('one', admins.id)).rejects.toThrow(AccessForbidden);
    expect(await webhooks.get('one')).toBeDefined();
    expect(audit.rows).toHaveLength(0);
  });

  it('does not happen when it cannot be written down', async () => {
    jest.spyOn(audit, 'record').mockRejectedValueOnce(new Error('no audit'));
    await expect(remove.execute('one', admins.id)).rejects.toThrow('no audit');
    expect(await webhooks.get('one')).toBeDefined();
  });
});
