import type { Client } from 'pg';
import type { Session } from './session';
import { TimeoutClient } from './timeout-client';

const CONNECTION_TIMEOUT_MS = 3_000;
const QUERY_TIMEOUT_MS = 15_000;

interface Place extends Session {
  readonly url: string;
  /** Whether statements take as long as they take. */
  readonly isPatient?: boolean;
}

/** Runs the work on a connection that is closed afterwards. @throws UnusableDatabase */
export async function withConnection<T>(
  { url, isPatient = false, ...session }: Place,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new TimeoutClient({
    connectionString: url,
    application_name: 'lottery-service',
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    ...(isPatient ? {} : { query_timeout: QUERY_TIMEOUT_MS }),
    session,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
