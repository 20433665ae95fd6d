import { createServer, type AddressInfo } from 'node:net';

/** The last mention of a setting wins, so the settings of who may connect follow the caller's. */
export async function postgresArguments(pgdata: string, settings: Record<string, string>): Promise<string[]> {
  const all = {
    // The application reports its failed statements itself; here they would fill the disk and reveal their values.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    ...settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(await findFreePort()),
  };
  return ['-D', pgdata, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
