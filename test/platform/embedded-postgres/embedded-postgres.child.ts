import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/platform/embedded-postgres/server';

/** Longer than postgres takes to end on a signal that should not have reached it. */
const DRAIN_MS = 500;

/** An application in a process of its own: says how it started, then runs until Ctrl-C and drains before it stops. */
async function main(dataDir: string): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir, log: (message) => say({ message }) });
  process.once('SIGINT', () => void drain(server));
  say({ owner: server.owner, dataDir: server.dataDir, url: server.url('postgres') });
  setInterval(() => {}, 1_000);
}

async function drain(server: EmbeddedPostgres): Promise<void> {
  await delay(DRAIN_MS);
  const client = new Client(server.url('postgres'));
  await client.connect().then(
    () => say({ answered: true }),
    () => say({ answered: false }),
  );
  await client.end();
  await server.stop();
  process.exit();
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

void main(process.argv[2] ?? '');
