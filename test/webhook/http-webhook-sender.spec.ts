import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { request } from 'node:http';
import { HttpWebhookSender } from '../../src/webhook/infrastructure/http-webhook-sender';
import { WebhookConfig } from '../../src/webhook/infrastructure/webhook-config';
import { isPublicAddress } from '../../src/webhook/infrastructure/public-address';
import { readConfig } from '../../src/platform/config/config';
import { until } from '../support/until';
import { WebhookReceiver } from '../support/webhook-receiver';

/** Nobody routes it, and it counts as public. */
const PUBLIC = '2620:4f:8000::1';

describe('where webhooks are sent', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('is not the address %j', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['1.1.1.1', '172.15.255.255', '172.32.0.1', '192.169.0.1', '223.255.255.255', '2606:4700::1111', PUBLIC])(
    'may be the address %j',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  describe('by a sender that may not use private addresses', () => {
    let receiver: WebhookReceiver;
    const sender = new HttpWebhookSender(readConfig([WebhookConfig], {}));
    const send = (url: string) => sender.send({ url, headers: {}, body: '{}' });

    beforeEach(async () => (receiver = await WebhookReceiver.start()));
    afterEach(async () => {
      jest.restoreAllMocks();
      await receiver.stop();
    });

    const answers = (...asked: readonly (readonly string[])[]) => {
      let questions = 0;
      return () => Promise.resolve([...(asked[Math.min(questions++, asked.length - 1)] ?? [])]);
    };

    /** A name that means something harmless when it is checked, and this machine when it is looked up once more. */
    const rebind = () => {
      const six = jest.spyOn(Resolver.prototype, 'resolve6').mockImplementation(answers([PUBLIC], []));
      const four = jest.spyOn(Resolver.prototype, 'resolve4').mockImplementation(answers([], ['127.0.0.1']));
      return [four, six];
    };

    it.each(['127.0.0.1', '[::1]', '2130706433', '0x7f.1', '127.1', '[::ffff:127.0.0.1]', 'localhost', '0'])(
      'is not the host %s',
      async (host) => {
        expect(await send(`https://${host}:${receiver.port}/`)).toEqual({
          error: 'its address is not on the public internet',
        });
        expect(receiver.connections).toBe(0);
      },
    );

    it('is not a name of which one address is private', async () => {
      jest.spyOn(Resolver.prototype, 'resolve4').mockResolvedValue(['1.1.1.1', '10.0.0.1'] as never);
      jest.spyOn(Resolver.prototype, 'resolve6').mockRejectedValue(new Error('there is none'));
      expect(await send(`https://two.example:${receiver.port}/`)).toEqual({
        error: 'its address is not on the public internet',
      });
      expect(receiver.connections).toBe(0);
    });

    it('is nowhere while no name server answers; the threads that all look-ups share stay free', async () => {
      const silent = createSocket('udp4').unref();
      await new Promise<void>((done) => silent.bind(0, '127.0.0.1', done));
      const { resolve4 } = Resolver.prototype as { resolve4: (name: string) => Promise<string[]> };
      jest.spyOn(Resolver.prototype, 'resolve4').mockImplementation(function (this: Resolver, name: string) {
        this.setServers([`127.0.0.1:${silent.address().port}`]);
        return resolve4.call(this, name);
      });
      const lookups = jest.spyOn(dns, 'lookup');
      expect(await send('https://dead.example/')).toEqual({ error: 'it cannot be reached (ETIMEOUT)' });
      expect(lookups).not.toHaveBeenCalled();
      silent.close();
    }, 30_000);

    it('is nothing without TLS', async () => {
      expect(await send('http://receiver.example/')).toEqual({ error: 'it is not https' });
    });

    it('is the address that was checked, whatever its name means a moment later', async () => {
      const lookups = rebind();
      expect(await send(`https://rebound.example:${receiver.port}/`)).toMatchObject({ error: expect.any(String) });
      for (const lookup of lookups) expect(lookup).toHaveBeenCalledTimes(1);
      expect(receiver.connections).toBe(0);
    });

    it('would be this machine if the name were looked up for checking and for connecting: the test above does rebind', async () => {
      rebind();
      const resolver = new Resolver();
      const lookUp = async () => [
        ...(await resolver.resolve6('rebound.example')),
        ...(await resolver.resolve4('rebound.example')),
      ];
      expect((await lookUp()).every(isPublicAddress)).toBe(true);
      const [connected = ''] = await lookUp();
      await new Promise((done) => {
        request(`http://${connected}:${receiver.port}/`, done).on('error', done).end();
      });
      expect(receiver.connections).toBe(1);
    });

    it('is not waited for where it ends without an answer', async () => {
      receiver.answer = ({ socket }) =>
        socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
      const sender = new HttpWebhookSender(readConfig([WebhookConfig], { WEBHOOKS_ALLOW_PRIVATE: 'true' }));
      expect(await sender.send({ url: receiver.url, headers: {}, body: '{}' })).toEqual({
        error: 'it ended without an answer',
      });
    });

    describe('whose answer', () => {
      const open = new HttpWebhookSender(readConfig([WebhookConfig], { WEBHOOKS_ALLOW_PRIVATE: 'true' }));
      const send = () => open.send({ url: receiver.url, headers: {}, body: '{}' });

      it('goes on for ever is under way until its socket is closed, two seconds later', async () => {
        let isClosed = false;
        receiver.answer = (response) => {
          response.writeHead(200).write('x');
          const drip = setInterval(() => response.write('x'), 50);
          response.on('close', () => {
            isClosed = true;
            clearInterval(drip);
          });
        };
        const began = performance.now();
        expect(await send()).toMatchObject({ statusCode: 200 });
        expect(performance.now() - began).toBeGreaterThan(1_900);
        await until(() => isClosed, 200);
      });

      it('is too long is cut', async () => {
        receiver.answer = (response) => response.writeHead(200).end(Buffer.alloc(10_000_000));
        const began = performance.now();
        expect(await send()).toMatchObject({ statusCode: 200 });
        expect(performance.now() - began).toBeLessThan(1_900);
      });

      it.each([
        ['120', 120_000],
        ['999999999', 3_600_000],
        ['soon', 0],
      ])('says Retry-After: %s', async (field, retryAfterMs) => {
        receiver.answer = (response) => response.writeHead(503, { 'retry-after': field }).end();
        expect(await send()).toEqual({ statusCode: 503, retryAfterMs });
      });
    });

    it('waits 10 seconds for an answer, and no longer', async () => {
      receiver.answer = () => undefined;
      const patient = new HttpWebhookSender(readConfig([WebhookConfig], { WEBHOOKS_ALLOW_PRIVATE: 'true' }));
      expect(await patient.send({ url: receiver.url, headers: {}, body: '{}' })).toEqual({
        error: 'no answer within 10 s',
      });
    }, 30_000);
  });
});
