import type { Clock } from '../../src/shared/application/clock';
import { Page, pageOf, PageRequest } from '../../src/shared/application/page';
import { Deliveries, Delivery, LeasedDelivery, NewDelivery } from '../../src/webhook/application/deliveries';
import { WebhookRequest, WebhookSender } from '../../src/webhook/application/webhook-sender';
import { Webhooks } from '../../src/webhook/application/webhooks';
import type { Outcome, Verdict } from '../../src/webhook/domain/delivery';
import { DeliveryNotFound, WebhookNotFound } from '../../src/webhook/domain/errors';
import { Webhook } from '../../src/webhook/domain/webhook';

const HOUR_MS = 3_600_000;
const KEPT_MS = 30 * 24 * HOUR_MS;

interface KeptWebhook {
  readonly webhook: Webhook;
  /** Null once it is removed. */
  readonly secret: Buffer | null;
  readonly old?: readonly { readonly secret: Buffer; readonly endsAt: Date }[];
}

export class FakeWebhooks extends Webhooks {
  rows: ReadonlyMap<string, KeptWebhook> = new Map();

  constructor(private readonly clock: Clock) {
    super();
  }

  async countUnderLock(): Promise<number> {
    return this.present().length;
  }

  async add(webhook: Webhook, secret: Buffer): Promise<void> {
    this.store({ webhook, secret });
  }

  async rotateSecret(id: string, secret: Buffer, overlapSeconds: number): Promise<number> {
    await this.get(id);
    const kept = this.rows.get(id)!;
    const now = this.clock.now();
    const signing = (kept.old ?? []).filter(({ endsAt }) => endsAt > now);
    const endsAt = new Date(now.getTime() + overlapSeconds * 1_000);
    const old = overlapSeconds === 0 ? [] : [{ secret: kept.secret!, endsAt }, ...signing];
    this.store({ ...kept, secret, old });
    return old.length;
  }

  async get(id: string): Promise<Webhook> {
    const found = this.present().find((webhook) => webhook.id === id);
    if (!found) throw new WebhookNotFound();
    return found;
  }

  async remove(id: string): Promise<void> {
    const webhook = await this.get(id);
    this.store({ webhook: changed(webhook, { removedAt: this.clock.now() }), secret: null });
  }

  async page({ cursor, limit }: PageRequest): Promise<Page<Webhook>> {
    return pageNewestFirst(this.present(), cursor, limit);
  }

  async enabled(): Promise<readonly Webhook[]> {
    return this.present()
      .filter(({ disabledAt }) => disabledAt === null)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async pause(id: string, milliseconds: number): Promise<void> {
    const kept = this.rows.get(id);
    const until = new Date(this.clock.now().getTime() + milliseconds);
    const isLater = (kept?.webhook.pausedUntil ?? new Date(0)) < until;
    if (kept && isLater) this.store({ ...kept, webhook: changed(kept.webhook, { pausedUntil: until }) });
  }

  async resume(id: string): Promise<void> {
    const kept = this.rows.get(id);
    if (kept) this.store({ ...kept, webhook: changed(kept.webhook, { pausedUntil: null }) });
  }

  async disable(id: string): Promise<void> {
    const kept = this.rows.get(id);
    if (!kept || kept.webhook.disabledAt !== null) return;
    this.store({ ...kept, webhook: changed(kept.webhook, { disabledAt: this.clock.now() }) });
  }

  private present(): Webhook[] {
    return [...this.rows.values()].map(({ webhook }) => webhook).filter(({ removedAt }) => removedAt === null);
  }

  private store(kept: KeptWebhook): void {
    this.rows = new Map(this.rows).set(kept.webhook.id, kept);
  }
}

type KeptDelivery = Delivery & NewDelivery;

export class FakeDeliveries extends Deliveries {
  rows: ReadonlyMap<string, KeptDelivery> = new Map();

  constructor(
    private readonly clock: Clock,
    private readonly webhooks: FakeWebhooks,
  ) {
    super();
  }

  async add(deliveries: readonly NewDelivery[]): Promise<void> {
    const now = this.clock.now();
    const never = { lastAttemptAt: null, lastStatusCode: null, lastError: null };
    for (const one of deliveries) {
      this.store({ ...one, ...never, status: 'pending', attempts: 0, createdAt: now, nextAttemptAt: now });
    }
  }

  async lease(limit: number, busyWebhookIds: readonly string[], leaseMs: number): Promise<readonly LeasedDelivery[]> {
    const now = this.clock.now();
    const open = [...this.webhooks.rows.values()].filter(
      ({ webhook, secret }) =>
        secret !== null &&
        webhook.disabledAt === null &&
        (webhook.pausedUntil === null || webhook.pausedUntil <= now) &&
        !busyWebhookIds.includes(webhook.id),
    );
    return open
      .flatMap(({ webhook, secret, old = [] }) => {
        const due = this.of(webhook.id)
          .filter(({ status, nextAttemptAt }) => status === 'pending' && nextAttemptAt! <= now)
          .sort((a, b) => a.nextAttemptAt!.getTime() - b.nextAttemptAt!.getTime())[0];
        const oldSecrets = old.filter(({ endsAt }) => endsAt > now).map((one) => one.secret);
        return due && secret ? [{ due, url: webhook.url, secret, oldSecrets }] : [];
      })
      .slice(0, limit)
      .map(({ due, url, secret, oldSecrets }) => {
        const attempts = due.attempts + 1;
        const nextAttemptAt = new Date(now.getTime() + leaseMs);
        this.store({ ...due, attempts, nextAttemptAt, lastAttemptAt: now, lastStatusCode: null, lastError: null });
        const { id, webhookId, messageId, type, body } = due;
        return { id, webhookId, messageId, type, body, url, secret, oldSecrets, attempts, attemptAt: now };
      });
  }

  async record({ id, attempts }: LeasedDelivery, outcome: Outcome, { status, pauseMs }: Verdict): Promise<void> {
    const kept = this.rows.get(id);
    if (kept?.attempts !== attempts || kept.status !== 'pending') return;
    const nextAttemptAt = pauseMs === null ? null : new Date(this.clock.now().getTime() + pauseMs);
    const lastStatusCode = 'statusCode' in outcome ? outcome.statusCode : null;
    const lastError = 'error' in outcome ? outcome.error : null;
    this.store({ ...kept, status, nextAttemptAt, lastStatusCode, lastError });
  }

  async page(webhookId: string, { cursor, limit }: PageRequest): Promise<Page<Delivery>> {
    return pageNewestFirst(this.of(webhookId), cursor, limit);
  }

  async retry(webhookId: string, id: string): Promise<void> {
    const kept = this.rows.get(id);
    if (kept?.webhookId !== webhookId) throw new DeliveryNotFound();
    this.store({ ...kept, status: 'pending', attempts: 0, nextAttemptAt: this.clock.now() });
  }

  async prune(): Promise<boolean> {
    const before = this.rows;
    const now = this.clock.now().getTime();
    const after = new Map<string, KeptDelivery>();
    for (const [id, kept] of before) {
      const webhook = this.webhooks.rows.get(kept.webhookId)?.webhook;
      const isOver = kept.status !== 'pending' && kept.createdAt.getTime() < now - KEPT_MS;
      if (!webhook || webhook.removedAt !== null || isOver) continue;
      const hasFailed = webhook.disabledAt !== null && kept.status === 'pending';
      after.set(id, hasFailed ? { ...kept, status: 'failed', nextAttemptAt: null } : kept);
    }
    this.rows = after;
    return [...before].some(([id, kept]) => after.get(id) !== kept);
  }

  private of(webhookId: string): KeptDelivery[] {
    return [...this.rows.values()].filter((kept) => kept.webhookId === webhookId);
  }

  private store(kept: KeptDelivery): void {
    this.rows = new Map(this.rows).set(kept.id, kept);
  }
}

/** Remembers what it was asked to send, and gives the next answer. */
export class FakeSender extends WebhookSender {
  readonly isPrivateAllowed = true;
  readonly sent: WebhookRequest[] = [];
  outcome: Outcome = { statusCode: 204 };
  /** What happens while the receiver thinks. */
  meanwhile: () => void | Promise<void> = () => undefined;

  async send(request: WebhookRequest): Promise<Outcome> {
    this.sent.push(request);
    await this.meanwhile();
    return this.outcome;
  }
}

/** A webhook whose every field can be chosen. */
export function aWebhook(id: string, fields: Partial<Webhook> = {}): Webhook {
  const createdAt = new Date('2026-11-21T12:00:00.000Z');
  const webhook = new Webhook(id, 'https://receiver.example/', ['*'], null, createdAt, null, null);
  return changed(webhook, fields);
}

function changed(webhook: Webhook, fields: Partial<Webhook>): Webhook {
  const { id, url, types, description, createdAt, disabledAt, removedAt, pausedUntil } = { ...webhook, ...fields };
  return new Webhook(id, url, types, description, createdAt, disabledAt, removedAt, pausedUntil);
}

function pageNewestFirst<T extends { readonly id: string }>(all: readonly T[], cursor: string | null, limit: number) {
  const newestFirst = [...all].sort((a, b) => (a.id < b.id ? 1 : -1));
  const after = newestFirst.filter(({ id }) => cursor === null || id < cursor);
  return pageOf(after.slice(0, limit + 1), limit, ({ id }) => id);
}
