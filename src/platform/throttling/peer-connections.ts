import type { Server } from 'node:http';
import { clientAddress } from './client-address';

/**
 * Lets each peer (an IPv4 address, or an IPv6 network of 64 bits) have at most so many open connections, so that no
 * single one takes them all. Further ones are closed at once. Not for a server behind a proxy, which is the peer of
 * everybody.
 */
export function boundConnectionsOfEachPeer(server: Server, most: number): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const peer = clientAddress(socket.remoteAddress ?? '');
    const others = open.get(peer) ?? 0;
    if (others >= most) {
      socket.destroy();
      return;
    }
    open.set(peer, others + 1);
    socket.once('close', () => {
      const left = (open.get(peer) ?? 1) - 1;
      if (left === 0) open.delete(peer);
      else open.set(peer, left);
    });
  });
}
