import { useEffect, useState } from 'preact/hooks';
import { givenIn } from '../../client/given';
import { download, keptReceipts, type Receipt } from '../../client/receipts';
import { day, number } from '../../parts/format';
import { say } from '../../words/say';
import type { AccountProps } from './props';

/** Receipts that this browser keeps, to be saved as one file. */
export function Receipts({ language, words }: AccountProps) {
  const [receipts, setReceipts] = useState<readonly Receipt[]>([]);

  useEffect(() => {
    keptReceipts().then(setReceipts, () => undefined);
  }, []);

  return (
    <section aria-labelledby="receipts">
      <h2 id="receipts">{words.receipts}</h2>
      <p>{words.receiptsText}</p>
      {receipts.length === 0 ? (
        <p class="empty">{words.noReceipts}</p>
      ) : (
        <>
          <p class="actions">
            <span>{say(words.receiptCount, language, { n: receipts.length })}</span>
            <button type="button" class="secondary" onClick={() => download('lottery-receipts.json', receipts)}>
              {words.saveAll}
            </button>
          </p>
          <form
            class="row"
            onSubmit={(event) => {
              event.preventDefault();
              const { id } = givenIn(event.currentTarget);
              download(
                'receipt.json',
                receipts.find((receipt) => receipt.id === id),
              );
            }}
          >
            <label>
              {words.oneReceipt}
              <select name="id">
                {receipts.toReversed().map(({ id, lotteryDate, index }) => (
                  <option key={id} value={id}>
                    {day(lotteryDate, language, 'short')} · {number(index, language)}
                  </option>
                ))}
              </select>
            </label>
            <button type="submit" class="secondary">
              {words.save}
            </button>
          </form>
        </>
      )}
    </section>
  );
}
