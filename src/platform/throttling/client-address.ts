import { isIP, isIPv4 } from 'node:net';
import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Groups of an IPv6 address that name a network (RFC 6177): one customer has all the addresses in it. */
const NETWORK_GROUPS = 4;
const ALL_GROUPS = 8;

/** Who counts as one client: an IPv4 address, or an IPv6 network of 64 bits. */
export function clientAddress(ip: string): string {
  if (isIPv4(ip)) return ip;
  if (isIP(ip) !== 6) return 'unknown';
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
  clientAddress(context.switchToHttp().getRequest<FastifyRequest>().ip),
);
