/** Columns in which a change cannot be found, and why not. */
interface NotChecked {
  readonly reason: string;
  /** By table; `*`: all of them. */
  readonly columns: Readonly<Record<string, '*' | readonly string[]>>;
}

/** What no check of the database can find, because nothing that is signed, or stored twice, depends on it. */
export const NOT_CHECKED: readonly NotChecked[] = [
  {
    reason: 'who people are and how they log in is in no signed statement',
    columns: { users: ['username', 'username_key', 'email', 'name', 'password_hash', 'created_at'] },
  },
  {
    reason: 'only ballots depend on the id and salt of an account, only stakes on those of a player',
    columns: { users: ['id', 'player_salt'], pool_players: ['player_id', 'salt'] },
  },
  {
    reason: 'log-ins pass',
    columns: { sessions: '*', refresh_tokens: '*', login_attempts: '*', known_addresses: '*' },
  },
  {
    reason: 'who is told, and what has been told so far, changes nothing that is told',
    columns: {
      webhooks: '*',
      webhook_secrets: '*',
      webhook_old_secrets: '*',
      webhook_deliveries: '*',
      outbox_events: '*',
      outbox_streams: '*',
    },
  },
  {
    reason: 'it only keeps messages from taking effect twice, and is swept',
    columns: { inbox_messages: '*', ballot_idempotency_keys: ['key_digest'] },
  },
  {
    reason: 'it is in no signed statement; it is compared with the inbox for as long as that keeps it',
    columns: { pool_entries: ['message_id'] },
  },
  {
    reason:
      'its random part is in no signed statement; once the event of the award is pruned, only its time is checked',
    columns: { pool_awards: ['id'] },
  },
  {
    reason: 'when a month was archived depends on nobody; a folder that is not there ends the check with code 2',
    columns: { ballot_partitions: ['archived_at', 'cleaned_at', 'folder'] },
  },
  {
    reason: 'how far a counter goes changes nothing: later ballots are counted when it is asked for',
    columns: { ballot_counts: ['counted_to'] },
  },
  {
    reason: 'which transfers were linked, what was noted beside them, and when an open hold ends is in no leaf',
    columns: { wallet_transfers: ['group_id', 'note'], wallet_holds: ['expires_at'] },
  },
  {
    reason: 'only the order of the migrations counts',
    columns: { migrations: ['id'] },
  },
];

/** What is beyond single columns. */
const BEYOND: readonly string[] = [
  'how the stakes of a pool are shared among its entries: their sum is checked',
  'checkpoints that were taken away between two others, and what was never written',
  'idempotency keys of archived ballots, which the archiver takes away',
  'that an idempotency key made no more ballots than it says',
  'tables, views and types of others beside those of the service',
  'the server: its superusers, extensions and settings, and who is a member of which role',
  'rights, if there is no role lottery_app',
];

/** A line for each. */
export function notCheckedLines(): readonly string[] {
  const columns = NOT_CHECKED.map(({ reason, columns: byTable }) => {
    const tables = Object.entries(byTable).map(([table, names]) => {
      return names === '*' ? table : names.map((name) => `${table}.${name}`).join(', ');
    });
    return `${tables.join(', ')}: ${reason}`;
  });
  return [...columns, ...BEYOND];
}
