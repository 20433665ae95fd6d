import { randomUUID } from 'node:crypto';
import { currentRequestId, requestIdOf, withinRequest } from '../../../src/platform/context/async-context';
import { TypeOrmUnitOfWork } from '../../../src/platform/database/typeorm-unit-of-work';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

describe('the id of a request', () => {
  it.each([randomUUID(), 'a1b2c3d4', TRACE, 'edge-7.eu_1-0000000042', 'x'.repeat(128)])('is what %s says', (id) => {
    expect(requestIdOf({ 'x-request-id': id })).toBe(id);
    expect(requestIdOf({ 'x-request-id': id, traceparent: `00-${TRACE}-00f067aa0ba902b7-01` })).toBe(id);
  });

  it.each([
    '',
    'short',
    'x'.repeat(129),
    'with space 123',
    'line\nbreak-123',
    'semi;colon-123',
    '"quoted-12345"',
    '<script>alert(1)',
    '${jndi:ldap://x}',
    '../../etc/passwd',
    'ünïcode-12345',
    '-starts-with-dash',
    'a1b2c3d4, a1b2c3d4',
  ])('is new where X-Request-Id is %j', (id) => {
    expect(requestIdOf({ 'x-request-id': id })).toMatch(UUID);
  });

  it.each([`00-${TRACE}-00f067aa0ba902b7-01`, `01-${TRACE}-00f067aa0ba902b7-00-more`])(
    'is that of the trace in %s',
    (traceparent) => {
      expect(requestIdOf({ traceparent })).toBe(TRACE);
      expect(requestIdOf({ 'x-request-id': 'no good', traceparent })).toBe(TRACE);
    },
  );

  it.each([
    `ff-${TRACE}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`,
    `00-${TRACE}-00f067aa0ba902b7`,
    TRACE,
  ])('is new where the traceparent is %s', (traceparent) => {
    expect(requestIdOf({ traceparent })).toMatch(UUID);
  });
});

describe('what belongs to a request', () => {
  let database: TestDatabase;
  let work: TypeOrmUnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
    work = new TypeOrmUnitOfWork(database.dataSource);
  });

  afterAll(() => database.drop());

  it('is its unit of work', async () => {
    const seen = await withinRequest('request-1', () => work.run(async () => currentRequestId()));
    expect(seen).toBe('request-1');
  });

  it('is not a unit of work that belongs to many', async () => {
    const seen = await withinRequest('request-1', async () => [
      await work.runAlone(async () => currentRequestId()),
      currentRequestId(),
    ]);
    expect(seen).toEqual([undefined, 'request-1']);
  });
});
