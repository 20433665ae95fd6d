/** The README's quick start, played with the TypeScript client that openapi-generator makes of /openapi.json. */
import { AuthApi, BallotsApi, Configuration, LotteriesApi, ResponseError } from './client/index.js';

const basePath = process.env.SERVICE_URL ?? '';
const person = { username: 'ann', password: 'correct horse battery' };

/** @type {(condition: boolean, what: string) => void} */
function hold(condition, what) {
  if (!condition) throw new Error(`It does not hold: ${what}`);
}

const auth = new AuthApi(new Configuration({ basePath }));
const ann = await auth.authRegister({ registerBody: person });
try {
  await auth.authRegister({ registerBody: person });
  hold(false, 'a name is given once');
} catch (error) {
  if (!(error instanceof ResponseError)) throw error;
  hold((await error.response.json()).code === 'user.username-taken', 'a name is given once');
}
const { accessToken } = await auth.authLogin({ logInBody: person });

const ballots = new BallotsApi(new Configuration({ basePath, accessToken }));
const first = await ballots.lotteryBallotsSubmit({ date: 'today' });
if (!('id' in first)) throw new Error('one ballot has one receipt');
const more = await ballots.lotteryBallotsSubmit({ date: 'today', submitBallotsBody: { count: 3 } });
if (!('items' in more)) throw new Error('a count gives a list');
hold(more.items.length === 3, 'three ballots were asked for, three are there');

const lotteries = new LotteriesApi(new Configuration({ basePath, apiKey: process.env.CLOSE_TOKEN ?? '' }));
const lottery = await lotteries.lotteriesFind({ date: 'today' });
hold(lottery.state === 'open' && lottery.ballots === 4 && lottery.winner === null, 'four ballots, no winner yet');
const closed = await lotteries.lotteriesClose({ date: lottery.date, early: true });
hold(closed.state === 'drawn' && closed.winner !== null, 'a closed lottery is drawn');
const winner = await lotteries.lotteriesWinnerByQuery({ date: lottery.date });
hold(
  [first, ...more.items].some(({ id }) => id === winner.ballotId),
  'the winner is one of the four',
);
hold(winner.userId === ann.id && winner.name === 'ann', 'the winner is ann');
console.log(`The winner is ${winner.name}, with ballot ${winner.index} of ${closed.ballots}`);
