import { connect } from 'node:net';
import { judge, Outcome, WantedBallot } from './submission';

/** So many requests follow one another on a connection before the first is answered (RFC 9112 section 9.3.2). */
const PIPELINED = 100;
const GIVE_UP_MS = 30_000;

/**
 * Submits all of them at once, over so few connections that no limit of open files is met. Gives an outcome for each;
 * where the connection ended before the answer came, the outcome is doubtful.
 */
export async function submitTogether(
  url: string,
  ballots: readonly WantedBallot[],
  bearerOf: (userId: string) => string,
): Promise<Outcome[]> {
  const parts = Array.from({ length: Math.ceil(ballots.length / PIPELINED) }, (_, i) =>
    ballots.slice(i * PIPELINED, (i + 1) * PIPELINED),
  );
  const outcomes = await Promise.all(
    parts.map(async (part) => {
      const answers = await exchange(
        url,
        part.map((ballot) => requestFor(ballot, bearerOf(ballot.userId))).join(''),
        part.length,
      );
      return part.map((_, i): Outcome => answers[i] ?? { kind: 'doubtful', what: 'the connection ended' });
    }),
  );
  return outcomes.flat();
}

function requestFor({ key, date }: WantedBallot, bearer: string): string {
  const lines = [
    `POST /lotteries/${date}/ballots HTTP/1.1`,
    'Host: lottery.test',
    `Authorization: ${bearer}`,
    `Idempotency-Key: ${key}`,
    'Content-Length: 0',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The answers that come on one connection, in order, until there are `count` or the connection ends. */
async function exchange(url: string, requests: string, count: number): Promise<Outcome[]> {
  const answers: Outcome[] = [];
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setTimeout(GIVE_UP_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    for (let answer = firstAnswer(rest); answer; answer = firstAnswer(rest)) {
      answers.push(judge(answer.status, answer.body));
      rest = rest.subarray(answer.length);
    }
    if (answers.length === count) socket.destroy();
  });
  socket.write(requests);
  await new Promise((closed) => socket.once('close', closed));
  return answers;
}

/** Null where it has not come whole. */
function firstAnswer(
  bytes: Buffer,
): { readonly status: number; readonly body: string; readonly length: number } | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.subarray(0, headEnd).toString('latin1');
  const start = headEnd + 4;
  const end = start + Number(/^content-length: (\d+)/im.exec(head)?.[1]);
  if (bytes.length < end) return null;
  return { status: Number(head.split(' ')[1]), body: bytes.subarray(start, end).toString(), length: end };
}
