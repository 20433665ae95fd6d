import type { KafkaMessage } from 'kafkajs';
import { fromDeadLetter, messageId, readDeadLetter, toDeadLetter } from '../../../src/platform/kafka/dead-letter';

const place = { topic: 'player.v1.staked', partition: 3 };

function sentAt(timestamp: string, headers = {}): KafkaMessage {
  return { offset: '25', timestamp, headers } as unknown as KafkaMessage;
}

describe('the id of a message from Kafka', () => {
  it('is what its sender says', () => {
    expect(messageId(place, sentAt('1795276800000', { uuid: Buffer.from('one') }))).toBe('one');
  });

  it('is else its place, and another one in a topic that was made anew', () => {
    const id = messageId(place, sentAt('1795276800000'));
    expect(id).toBe('player.v1.staked-3-25-1795276800000');
    expect(messageId(place, sentAt('1795276800000'))).toBe(id);
    expect(messageId(place, sentAt('1795276800001'))).not.toBe(id);
  });
});

describe('a dead letter', () => {
  const named = (headers: object) =>
    ({ key: null, value: null, offset: '25', timestamp: '0', headers }) as KafkaMessage;

  it('keeps headers whose names every object has', () => {
    const headers = Object.create(null) as Record<string, Buffer | Buffer[]>;
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) headers[name] = Buffer.from(name);
    headers['valueOf'] = [Buffer.from('1'), Buffer.from('2')];
    const letter = toDeadLetter(place, named(headers), 'no stake', 'group');
    const again = fromDeadLetter(place, named(letter.headers as object)).headers as Record<string, Buffer | Buffer[]>;
    const kept = Object.entries(again).map(([name, values]) => [name, [values].flat().map(String)]);
    expect(kept).toEqual([
      ...['constructor', 'toString', '__proto__', 'hasOwnProperty'].map((name) => [name, [name]]),
      ['valueOf', ['1', '2']],
      ['uuid', ['player.v1.staked-3-25-0']],
    ]);
  });

  it('keeps an id that is not UTF-8, byte for byte, and is named by its place', () => {
    const bytes = Buffer.from([0x61, 0xff]);
    const message = named({ uuid: bytes });
    expect(messageId(place, message)).toBe('');
    const letter = toDeadLetter(place, message, 'no stake', 'group');
    expect(letter.headers).toMatchObject({ uuid: [bytes], dlq_message_id: 'player.v1.staked-3-25-0' });
    expect(readDeadLetter(place, named(letter.headers as object)).id).toBe('player.v1.staked-3-25-0');
  });
});
