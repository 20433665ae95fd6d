import { AwsClient } from 'aws4fetch';
import { S3ObjectStore } from '../../src/platform/objects/s3-object-store';
import { itKeepsObjects } from '../support/object-store-contract';
import { answersTo, playMonth, questionsAbout, runArchiver, setClock } from '../support/old-month';
import { buildService } from '../support/service-process';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

const URL_OF_BUCKET = process.env['S3_TEST_URL'] as string;
const ACCESS = {
  accessKeyId: process.env['S3_TEST_ACCESS_KEY'] as string,
  secretAccessKey: process.env['S3_TEST_SECRET_KEY'] as string,
};

describe('the archive in a bucket', () => {
  let database: TestDatabase;
  let app: TestApp;
  let settings: Record<string, string>;

  beforeAll(async () => {
    await buildService();
    const created = await new AwsClient({ service: 's3', region: 'us-east-1', ...ACCESS }).fetch(URL_OF_BUCKET, {
      method: 'PUT',
    });
    expect([200, 409]).toContain(created.status);
    database = await createTestDatabase();
    await database.setClock(new Date('2030-03-10T12:00:00Z'));
    settings = {
      ARCHIVE_URL: `${URL_OF_BUCKET}/lottery`,
      ARCHIVE_ACCESS_KEY: ACCESS.accessKeyId,
      ARCHIVE_SECRET_KEY: ACCESS.secretAccessKey,
    };
    app = await startTestApp(settings, database);
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const store = () => new S3ObjectStore({ url: `${URL_OF_BUCKET}/lottery`, region: 'us-east-1', ...ACCESS });

  itKeepsObjects(store);

  it('refuses a stranger', async () => {
    const stranger = new S3ObjectStore({
      url: URL_OF_BUCKET,
      region: 'us-east-1',
      ...ACCESS,
      secretAccessKey: 'wrong',
    });
    await expect(stranger.put('file', Buffer.from('a file'))).rejects.toThrow('answered with 403');
    await expect(stranger.get('file', 0, 1)).rejects.toThrow('answered with 403');
  });

  it('answers what the database answered', async () => {
    const month = await playMonth(app);
    await setClock(app, '2030-05-02T12:00:00Z');
    const urls = await questionsAbout(app, month);
    const before = await answersTo(app, urls);
    const archive = (secret: string) =>
      runArchiver({ DATABASE_URL: database.url, ...settings, ARCHIVE_SECRET_KEY: secret }, '--before', '2030-05');
    expect(await archive('wrong')).toMatchObject({ code: 1, stderr: expect.stringContaining('403') as string });
    expect(await answersTo(app, urls)).toEqual(before);
    expect(await archive(ACCESS.secretAccessKey)).toMatchObject({ code: 0 });
    const [row] = await database.dataSource.query<[{ count: string }]>(
      `select count(*) from ballots where draw_id < first_draw_id('2030-04-01Z')`,
    );
    expect(row.count).toBe('7');
    expect(await answersTo(app, urls)).toEqual(before);

    // Somebody writes over a file: nobody is told anything false.
    const [{ folder }] = await database.dataSource.query<[{ folder: string }]>(
      `select folder from ballot_partitions where name = 'ballots_2030_03'`,
    );
    await store().put(`${folder}/ballots-00001.gz`, Buffer.alloc(500_000));
    const silence = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const replica = await startTestApp({ ...settings, LOG_LEVEL: 'error' }, database);
    const { body } = await replica.request().get(`/lotteries/${month.small}/winner`).expect(503);
    expect(body.code).toBe('ballot.archive-unavailable');
    await replica.app.close();
    silence.mockRestore();
  });
});
