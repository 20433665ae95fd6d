import { Logger } from '@nestjs/common';
import { SubmitToLottery } from '../../src/lottery/application/submit-to-lottery';
import { AccessGuard } from '../../src/platform/http/access';
import { receiptJson } from '../../src/lottery/infrastructure/lotteries.views';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { submit } from '../support/lottery-client';
import { addPlayer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';

describe('the direct route of the ballots', () => {
  let app: TestApp;

  beforeAll(async () => (app = await startTestApp()));
  afterAll(() => app.close());

  it('goes through the gate, and not through the pipeline in which every other request meets the guard', async () => {
    const player = await addPlayer(app);
    const pipeline = jest.spyOn(AccessGuard.prototype, 'canActivate');
    const gate = jest.spyOn(AccessGuard.prototype, 'admit');
    await submit(app, 'today', player).expect(201);
    expect(gate.mock.calls.map(([, access]) => access)).toEqual(['signed-in']);
    expect(pipeline).not.toHaveBeenCalled();
    await app.request().get('/lotteries/today/ballots').expect(200);
    expect(pipeline).toHaveBeenCalledTimes(1);
  });

  it('tells nothing of a defect of ours', async () => {
    const player = await addPlayer(app);
    const log = jest.spyOn(Logger.prototype, 'error').mockReturnValueOnce();
    jest.spyOn(SubmitToLottery.prototype, 'execute').mockRejectedValueOnce(new SyntaxError('a secret'));
    const { body, text } = await submit(app, 'today', player).expect(500);
    expect((body as { code: string }).code).toBe('http.internal');
    expect(text).not.toContain('secret');
    expect(log.mock.calls).toEqual([
      ['POST /lotteries/:date/ballots: http.internal', expect.stringContaining('a secret') as string],
    ]);
  });

  it('tells what goes wrong', async () => {
    const { bearer } = await addPlayer(app);
    const post = (path: string) => app.request().post(path).set('authorization', bearer);
    const problems = [
      await app.request().post('/lotteries/today/ballots'),
      await post('/lotteries/2026-02-30/ballots'),
      await app.request().post('/lotteries//ballots'),
      await post('/lotteries/1999-01-01/ballots'),
      await post('/lotteries/today/ballots').set('idempotency-key', ''),
    ];
    expect(problems.map(({ status, type, body }) => [status, type, (body as { code: string }).code])).toEqual([
      [401, 'application/problem+json', 'auth.token-missing'],
      [400, 'application/problem+json', 'request.invalid'],
      [404, 'application/problem+json', 'http.not-found'],
      [404, 'application/problem+json', 'lottery.not-found'],
      [400, 'application/problem+json', 'request.invalid'],
    ]);
  });
});

describe('the JSON of a receipt', () => {
  const receipt = {
    date: LotteryDate.parse('2026-11-22'),
    ballots: [
      {
        id: '01a200b3-3b2e-7772-b9b2-ec1cd632076a',
        drawId: '01a200b3-0000-7772-b9b2-ec1cd632076a',
        index: 7,
        userId: 'nobody else may know',
        player: 'b3a4e8a1ba99a0a39b75b8c5ef7a6ab6',
        submittedAt: new Date('2026-11-22T01:02:03.004Z'),
        line: '7 01a2',
      },
    ],
    replayed: false,
  };

  it.each(['a\n1\nAA==\n\n\u2014 a AA==\n', '"\\\u0000\u007f\u0080', '\ud83c\udfb2 \ud83c', ''])(
    'is read as what was written, in ASCII: %j',
    (checkpoint) => {
      const json = receiptJson({ ...receipt, checkpoint });
      expect(json).toMatch(/^[\x20-\x7f]*$/);
      expect(JSON.parse(json)).toEqual({
        id: receipt.ballots[0]?.id,
        lotteryDate: '2026-11-22',
        index: 7,
        player: receipt.ballots[0]?.player,
        submittedAt: '2026-11-22T01:02:03.004Z',
        line: '7 01a2',
        checkpoint,
      });
    },
  );
});
