import { clientAddress } from '../../../src/platform/throttling/client-address';

describe('the address that log-ins are counted for', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:0207', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ])('reads %s as %s', (ip, client) => {
    expect(clientAddress(ip)).toBe(client);
  });

  it('is one for all addresses of an IPv6 customer', () => {
    expect(clientAddress('2001:db8:1:2::1')).toBe(clientAddress('2001:db8:1:2:ffff:ffff:ffff:ffff'));
    expect(clientAddress('2001:db8:1:2::1')).not.toBe(clientAddress('2001:db8:1:3::1'));
  });

  it.each([
    ['192.0.2.7:49152', '192.0.2.7'],
    ['[2001:db8:1:2::1]:49152', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::1]', '2001:db8:1:2::/64'],
    ['[::ffff:192.0.2.7]:1', '192.0.2.7'],
  ])('reads %s, with the port of a gateway, as %s', (named, client) => {
    expect(clientAddress(named, '10.0.0.1')).toBe(client);
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    '192.0.2.7:',
    '192.0.2:80',
    '300.0.0.1:80',
    '192.0.2.7:123456',
    '[::1',
    '[::g]:80',
    '[1.2.3.4]x',
    'x'.repeat(1000),
  ])('is the peer if %j is named', (named) => {
    expect(clientAddress(named, '::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(clientAddress(named, undefined)).toBe('unknown');
  });
});
