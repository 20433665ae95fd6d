import type { Api, Of } from '../../client/api';
import { Refused } from '../../client/api';
import type { PageRequest } from '../../facts';

export interface LotteryData {
  readonly lottery: Of<'/lotteries/{date}'>;
  /** Days next to it that have a lottery. */
  readonly before: string | null;
  readonly after: string | null;
  /** The last day that has one. */
  readonly last: string;
  /** What was asked about a ballot, and what is known of it. */
  readonly asked: Asked | null;
}

export interface Asked {
  readonly id: string;
  readonly answer: 'found' | 'other' | 'none' | 'bad';
  readonly ballot: Of<'/ballots/{id}'> | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function load(api: Api, { params, query }: PageRequest): Promise<LotteryData> {
  const [lottery, { items: newest }] = await Promise.all([
    api.get('/lotteries/{date}', { params }),
    api.get('/lotteries', { query: { limit: 1 } }),
  ]);
  const [before, after, asked] = await Promise.all([
    neighbour(api, lottery.date, -1),
    neighbour(api, lottery.date, 1),
    lookUp(api, query['ballot'], lottery),
  ]);
  return { lottery, before, after, last: newest[0]?.date ?? lottery.date, asked };
}

async function neighbour(api: Api, date: string, days: number): Promise<string | null> {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  const found = await api.find('/lotteries/{date}', { params: { date: day.toISOString().slice(0, 10) } });
  return found && found.date;
}

/** The open note names the draw, and the ballot the draw that it is in. */
async function lookUp(api: Api, given: string | undefined, { notes }: LotteryData['lottery']): Promise<Asked | null> {
  const id = given?.trim() ?? '';
  if (id === '') return null;
  if (!UUID.test(id)) return { id, answer: 'bad', ballot: null };
  try {
    const ballot = await api.get('/ballots/{id}', { params: { id } });
    return { id, answer: notes.open.includes(`\ndraw ${ballot.drawId}\n`) ? 'found' : 'other', ballot };
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return { id, answer: 'none', ballot: null };
    throw error;
  }
}
