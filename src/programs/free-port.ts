import { once } from 'node:events';
import { createServer } from 'node:net';

/** Listens for a moment: a start that cannot go on has done nothing yet. @throws Error that names the setting. */
export async function assertPortFree(setting: 'PORT' | 'METRICS_PORT', port: number, host: string): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  try {
    await once(probe.listen(port, host), 'listening');
  } catch (error) {
    if (error instanceof Error) error.message = `${setting} ${port} cannot be used: ${error.message}`;
    throw error;
  } finally {
    probe.close();
  }
}
