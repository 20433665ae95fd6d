import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { TimeoutClient } from '../../../src/platform/database/timeout-client';

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
const AUTHENTICATION_OK = Buffer.from('520000000800000000', 'hex');
const READY_FOR_QUERY = Buffer.from('5a0000000549', 'hex');

function errorResponse(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C57P01\0M${message}\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

describe('a server that dies while it welcomes', () => {
  let server: Server;

  beforeEach(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        const goodbye = errorResponse('terminating connection due to unexpected postmaster exit');
        socket.end(Buffer.concat([AUTHENTICATION_OK, READY_FOR_QUERY, goodbye]));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => server.close());

  it.each([{ settings: {} }, undefined])('fails who asks, not the process: session %j', async (session) => {
    const { port } = server.address() as AddressInfo;
    const client = new TimeoutClient({ host: '127.0.0.1', port, ...(session && { session }) });
    await expect(client.connect().then(() => client.query('select 1'))).rejects.toThrow(/terminat|queryable/);
  });
});
