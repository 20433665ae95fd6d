import type { Of } from '../../client/api';
import { day, instant, number } from '../../parts/format';
import { Act, Facts } from '../../parts/list-drawer/act';
import { ListDrawer } from '../../parts/list-drawer/list-drawer';
import { useState } from 'preact/hooks';
import type { SectionProps } from './props';

type Lottery = Of<'/lotteries'>['items'][number];

/** Lotteries: open one of a further day, close one. */
export function Lotteries(props: SectionProps) {
  const { session, words, language, states, refusals } = props;
  const { lotteries } = words;
  const [opened, setOpened] = useState(0);
  return (
    <>
      <ListDrawer<Lottery>
        key={opened}
        {...props}
        title={words.sections.lotteries}
        older={props.account.older}
        idOf={({ date }) => date}
        nameOf={({ date }) => day(date, language)}
        ask={(query) => session.ask(`/lotteries${query}`)}
        filter={
          <label>
            {lotteries.state}
            <select name="state">
              <option value="">{lotteries.any}</option>
              {Object.entries(states).map(([state, name]) => (
                <option key={state} value={state}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        }
        columns={[
          { title: lotteries.date, cell: ({ date }) => day(date, language, 'short') },
          { title: lotteries.state, cell: ({ state }) => states[state] },
          { title: lotteries.ballots, cell: ({ ballots }) => number(ballots, language) },
        ]}
        drawer={(lottery, changed) => <LotteryDrawer {...props} lottery={lottery} changed={changed} />}
      />
      <section aria-labelledby="open-lottery">
        <h3 id="open-lottery">{lotteries.openTitle}</h3>
        <Act
          label={lotteries.open}
          done={words.done}
          refusals={refusals}
          act={(given) => session.ask('/lotteries', { method: 'POST', body: { date: given['date'] } })}
          onDone={() => setOpened((before) => before + 1)}
        >
          <label>
            {lotteries.date}
            <input type="date" name="date" required />
          </label>
        </Act>
      </section>
    </>
  );
}

interface LotteryDrawerProps extends SectionProps {
  readonly lottery: Lottery;
  readonly changed: () => void;
}

function LotteryDrawer({ session, words, language, states, refusals, lottery, changed }: LotteryDrawerProps) {
  const { lotteries } = words;
  const hasBegun = `${lottery.date}T00:00:00Z` <= new Date().toISOString();
  return (
    <>
      <Facts
        of={{
          [lotteries.state]: states[lottery.state],
          [lotteries.ballots]: number(lottery.ballots, language),
          [lotteries.opens]: instant(lottery.opensAt, language),
          [lotteries.closes]: instant(lottery.closesAt, language),
        }}
      />
      <p>
        <a href={`/${language}/lottery/${lottery.date}`}>{lotteries.page}</a>
      </p>
      {lottery.state === 'open' && !hasBegun && <p>{lotteries.notBegun}</p>}
      {lottery.state === 'open' && hasBegun && (
        <Act
          label={lotteries.close}
          refusals={refusals}
          act={(given) => session.ask(`/lotteries/${lottery.date}/close?early=${'early' in given}`, { method: 'POST' })}
          onDone={changed}
        >
          <p>{lotteries.closeText}</p>
          <label>
            <input type="checkbox" name="early" />
            {lotteries.early}
          </label>
        </Act>
      )}
    </>
  );
}
