import { isIP, isIPv4 } from 'node:net';
import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Groups of an IPv6 address that name a network (RFC 6177): one customer has all the addresses in it. */
const NETWORK_GROUPS = 4;
const ALL_GROUPS = 8;

/** Cloud gateways append the port: `192.0.2.1:49152`, `[2001:db8::1]:49152`. */
const WITH_PORT = /^(?:([\d.]+):\d{1,5}|\[([0-9a-f:.]+)\](?::\d{1,5})?)$/i;

/**
 * Who counts as one client: an IPv4 address, or an IPv6 network of 64 bits. If what the proxies name is no address, the
 * peer counts: its clients share a bucket, not all clients of all proxies.
 */
export function clientAddress(named: string, peer = ''): string {
  const [, ipv4, ipv6] = WITH_PORT.exec(named) ?? [];
  const ip = ipv4 ?? ipv6 ?? named;
  if (isIPv4(ip)) return ip;
  if (isIP(ip) === 6) return networkOf(ip);
  return peer === '' ? 'unknown' : clientAddress(peer);
}

/** The client that sent the request, through as many proxies as TRUST_PROXY_HOPS says. */
export function clientOf({ ip, socket }: FastifyRequest): string {
  return clientAddress(ip, socket.remoteAddress);
}

function networkOf(ip: string): string {
  const address = new URL(`http://[${ip.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(address);
  if (mapped) return [mapped[1], mapped[2]].flatMap(bytesOf).join('.');
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array<string>(ALL_GROUPS - groups.length - rest.length).fill('0');
  return `${[...groups, ...zeros, ...rest].slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

function bytesOf(group = ''): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

/** The client's network address, for a controller's parameter. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  clientOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
