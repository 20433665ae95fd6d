import { isUtf8 } from 'node:buffer';
import { IHeaders, KafkaMessage, Message } from 'kafkajs';

/** Names a message for its whole life, at each delivery and in the dead letters. */
const MESSAGE_ID = 'uuid';
const DEAD_LETTER = 'dlq_';
/** Maximum length of a reason, which may quote what was sent. */
const MAX_REASON_LENGTH = 1_000;

/** The place of a Kafka message. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** Why a message is a dead letter, from its headers. */
export interface DeadLetter {
  readonly id: string;
  readonly topic: string;
  readonly error: string;
  /** When its sender sent it. */
  readonly sentAt: Date;
}

/** `<topic>.dlq` holds the messages of the topic that could not be handled. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dlq`;
}

export function isDeadLetterTopic(topic: string): boolean {
  return topic.endsWith('.dlq');
}

/** The sender's id of a message, otherwise its place; empty if the sender's is not UTF-8. */
export function messageId(place: Place, message: KafkaMessage): string {
  const [id] = [message.headers?.[MESSAGE_ID]].flat();
  if (id instanceof Uint8Array && !isUtf8(id)) return '';
  return id?.toString() || placeOf(place, message);
}

/** Includes the time, because a recreated topic, or another cluster, uses the same offsets again. */
function placeOf({ topic, partition }: Place, { offset, timestamp }: KafkaMessage): string {
  return `${topic}-${partition}-${offset}-${timestamp}`;
}

/** The unchanged message, with the reason in additional headers. */
export function toDeadLetter(place: Place, message: KafkaMessage, reason: string, consumer: string): Message {
  return {
    key: message.key,
    value: message.value,
    headers: {
      ...ownHeaders(message.headers),
      dlq_message_id: messageId(place, message) || placeOf(place, message),
      dlq_error: reason.slice(0, MAX_REASON_LENGTH),
      dlq_topic: place.topic,
      dlq_partition: String(place.partition),
      dlq_offset: message.offset,
      dlq_sent_at: sentAt(message.timestamp).toISOString(),
      dlq_consumer: consumer,
    },
  };
}

/** Reads a dead letter; of a message that another program put there, as much as can be known. */
export function readDeadLetter(place: Place, message: KafkaMessage): DeadLetter {
  const header = (name: string) => textOf(message.headers?.[name]);
  return {
    id: header('dlq_message_id') || messageId(place, message) || placeOf(place, message),
    topic: header('dlq_topic') || place.topic.replace(/\.dlq$/, ''),
    error: header('dlq_error'),
    sentAt: sentAt(header('dlq_sent_at') || message.timestamp),
  };
}

/** The message as it was first sent. It keeps its id: a consumer that has handled it meanwhile recognises it. */
export function fromDeadLetter(place: Place, message: KafkaMessage): Message {
  const headers = ownHeaders(message.headers);
  headers[MESSAGE_ID] ??= readDeadLetter(place, message).id;
  return { key: message.key, value: message.value, headers };
}

/** The client reads headers without a value but cannot write them: they become empty. */
function ownHeaders(headers: IHeaders = {}): IHeaders {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(DEAD_LETTER));
  return Object.fromEntries(own.map(([name, header]) => [name, [header].flat().map((value) => value ?? '')]));
}

/** The first value of a repeated header. */
function textOf(header: IHeaders[string]): string {
  return [header].flat()[0]?.toString() ?? '';
}

/** Kafka returns milliseconds since 1970 in digits, -1 if unknown. */
function sentAt(time: string): Date {
  const instant = new Date(/^\d+$/.test(time) ? Number(time) : time);
  return Number.isNaN(instant.getTime()) ? new Date(0) : instant;
}
