import { Inject, Injectable, Logger } from '@nestjs/common';
import { BatchHandler, ReceivedMessage, RefusedMessage } from '../../shared/application/batch-handler';
import { Counter, Metrics, NoMetrics } from '../../shared/application/metrics';
import { InvalidInput } from '../../shared/domain/invalid-input';
import { StakeReceipts } from '../application/stake-receipts';
import { isMessageId, readStakeMessage, Stake, StakeIntake } from '../pool.api';

/** How much of a foreign type the log shows. */
const MAX_TYPE_LENGTH = 100;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ID_UNUSABLE = { header: 'uuid', detail: 'uuid must be 1 to 255 characters in UTF-8, none of them U+0000' };

/** Handles other services' messages about stakes. Other event types are ignored and counted. */
@Injectable()
export class StakeMessages extends BatchHandler {
  private readonly logger = new Logger('StakeMessages');
  ignored = 0;
  private readonly ignoredCounter: Counter<never>;

  constructor(
    private readonly intake: StakeIntake,
    private readonly known: StakeReceipts,
    @Inject(Metrics) metrics: Metrics = new NoMetrics(),
  ) {
    super();
    this.ignoredCounter = metrics.counter({
      name: 'lottery_stake_messages_ignored_total',
      help: 'Events on the topic of stakes whose type is none of our business.',
    });
  }

  async handle(messages: readonly ReceivedMessage[]): Promise<readonly RefusedMessage[]> {
    const refused: RefusedMessage[] = [];
    const offers: { stake: Stake; message: ReceivedMessage }[] = [];
    for (const message of messages) {
      try {
        const stake = readStakeMessage(parse(message));
        if ('otherType' in stake) this.ignore(stake.otherType);
        else if (!isMessageId(message.id)) throw new InvalidInput([ID_UNUSABLE]);
        else offers.push({ stake: { ...stake, messageId: message.id }, message });
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        refused.push({ message, reason: error.errors.map(({ detail }) => detail).join('; ') });
      }
    }
    const stakes = offers.map(({ stake }) => stake);
    const receipts = await this.known.receipts(stakes, await this.intake.take(stakes));
    const reused = offers.filter((_, i) => receipts[i] === null);
    return [...refused, ...reused.map(({ message }) => ({ message, reason: 'its id is that of another stake' }))];
  }

  private ignore(type: string): void {
    this.ignored++;
    this.ignoredCounter.add({});
    // Logs the 1st, 10th, 100th, ...: visible, but no flood.
    const shown = JSON.stringify(type.slice(0, MAX_TYPE_LENGTH));
    const isTold = Number.isInteger(Math.log10(this.ignored));
    if (isTold) this.logger.log(`Ignored ${this.ignored} events of other types so far; the latest: ${shown}.`);
  }
}

/** @throws InvalidInput */
function parse({ value }: ReceivedMessage): unknown {
  try {
    return JSON.parse(value === null ? '' : UTF8.decode(value));
  } catch {
    throw new InvalidInput([{ pointer: '', detail: 'the message must be JSON in UTF-8' }]);
  }
}
