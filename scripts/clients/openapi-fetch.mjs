/**
 * The README's quick start, played with openapi-fetch on the types that openapi-typescript makes of /openapi.json. It is
 * checked against these types (tsc --checkJs) before it runs: a field that the document does not have is an error.
 */
import createClient from 'openapi-fetch';

/** @import { paths } from './schema.js' */

const baseUrl = process.env.SERVICE_URL ?? '';
const body = { username: 'ann', password: 'correct horse battery' };

/**
 * What a call gave, if it is the answer that the document promises.
 * @template T
 * @param {{ data?: T, error?: unknown }} given
 * @returns {T}
 */
function answer({ data, error }) {
  if (data === undefined) throw new Error(`an answer was expected, not ${JSON.stringify(error)}`);
  return data;
}

/** @type {(condition: boolean, what: string) => void} */
function hold(condition, what) {
  if (!condition) throw new Error(`It does not hold: ${what}`);
}

/** @type {import('openapi-fetch').Client<paths>} */
const anyone = createClient({ baseUrl });
const ann = answer(await anyone.POST('/auth/register', { body }));
const again = await anyone.POST('/auth/register', { body });
hold(again.response.status === 409 && again.error?.code === 'user.username-taken', 'a name is given once');
const { accessToken } = answer(await anyone.POST('/auth/login', { body }));

/** @type {import('openapi-fetch').Client<paths>} */
const player = createClient({ baseUrl, headers: { authorization: `Bearer ${accessToken}` } });
const params = { path: { date: 'today' } };
const first = answer(await player.POST('/lotteries/{date}/ballots', { params }));
if (!('id' in first)) throw new Error('one ballot has one receipt');
const more = answer(await player.POST('/lotteries/{date}/ballots', { params, body: { count: 3 } }));
if (!('items' in more)) throw new Error('a count gives a list');
hold(more.items.length === 3, 'three ballots were asked for, three are there');

const lottery = answer(await anyone.GET('/lotteries/{date}', { params }));
hold(lottery.state === 'open' && lottery.ballots === 4 && lottery.winner === null, 'four ballots, no winner yet');

/** @type {import('openapi-fetch').Client<paths>} */
const operator = createClient({ baseUrl, headers: { 'x-internal-token': process.env.CLOSE_TOKEN } });
const query = { date: lottery.date };
const closed = answer(await operator.POST('/lotteries/close', { params: { query: { ...query, early: true } } }));
hold(closed.state === 'drawn' && closed.winner !== null, 'a closed lottery is drawn');
const winner = answer(await anyone.GET('/lotteries/winner', { params: { query } }));
hold(
  [first, ...more.items].some(({ id }) => id === winner.ballotId),
  'the winner is one of the four',
);
hold(winner.userId === ann.id && winner.name === 'ann', 'the winner is ann');
console.log(`The winner is ${winner.name}, with ballot ${winner.index} of ${closed.ballots}`);
