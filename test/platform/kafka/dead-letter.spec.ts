import type { KafkaMessage } from 'kafkajs';
import { messageId } from '../../../src/platform/kafka/dead-letter';

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
