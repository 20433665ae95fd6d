import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LoadGenerator } from './support/load';

const CONNECTIONS = 8;
const tokens = Array.from({ length: CONNECTIONS }, (_, i) => `player ${i}`);

describe('the load generator', () => {
  let server: Server;
  let generator: LoadGenerator;
  let url: string;

  beforeAll(async () => {
    server = createServer((_, response) => response.writeHead(201).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    generator = LoadGenerator.start();
  });

  afterAll(async () => {
    await generator.stop();
    server.close();
  });

  // A slow variant takes fewer requests in a second than there are connections.
  it.each([
    [CONNECTIONS - 5, CONNECTIONS],
    [CONNECTIONS + 5, CONNECTIONS + 5],
  ])('asked for %i requests over 8 connections sends %i and loses none', async (requests, sent) => {
    const measured = await generator.send({ url, connections: CONNECTIONS, requests, tokens });
    expect(measured).toMatchObject({ created: sent, refused: 0 });
  });
});
