import type { KafkaMessage } from 'kafkajs';
import { messageId } from '../../src/shared/infrastructure/dead-letter';

describe('the id of a message from Kafka', () => {
  const place = { topic: 'player.v1.staked', partition: 3 };
  const message = { offset: '25', timestamp: '1795276800000', headers: {} } as unknown as KafkaMessage;

  it('is what its sender says', () => {
    expect(messageId(place, { ...message, headers: { uuid: Buffer.from('one') } })).toBe('one');
  });

  it('is else its place, and another one in a topic that was made anew', () => {
    const id = messageId(place, message);
    expect(id).toBe('player.v1.staked-3-25-1795276800000');
    expect(messageId(place, { ...message })).toBe(id);
    expect(messageId(place, { ...message, timestamp: '1795276800001' })).not.toBe(id);
  });
});
