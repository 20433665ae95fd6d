import { isConnectionLost, isUnavailable } from '../../../src/platform/database/sql-state';

const withCode = (code: string) => Object.assign(new Error('as told'), { code });

/** Appendix A of PostgreSQL's manual: what says nothing about the statement. */
const NO_DATABASE = [
  ...['08000', '08001', '08003', '08004', '08006', '08P01', '25006', '26000', '28000', '28P01', '3D000'],
  ...['53000', '53100', '53200', '53300', '53400', '57P01', '57P02', '57P03', '57P04', '57P05', '58000', '58030'],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EHOSTUNREACH',
    'ENETDOWN',
    'EPIPE',
    'EPROTO',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
  ],
  ...['ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_SOCKET_CLOSED'],
];
/** What the driver, its pool and TypeORM make of a connection that was cut. */
const CUT = [
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query runner already released. Cannot run queries anymore.',
];
const PASSING = ['40001', '40003', '40P01', '57014', '25P03', '25P04', '55P03'];
const OURS = ['22P02', '23505', '23514', '42501', '42703', '42P01', 'P0001', 'XX000', 'ENOENT', 'ERR_INVALID_ARG_TYPE'];

describe('an error of the database', () => {
  it.each(NO_DATABASE)('says with %s that there is no database to write to', (code) => {
    expect([isConnectionLost(withCode(code)), isUnavailable(withCode(code))]).toEqual([true, true]);
  });

  it.each(CUT)('says so with "%s"', (text) => {
    expect([isConnectionLost(new Error(text)), isUnavailable(new Error(text))]).toEqual([true, true]);
  });

  it.each(PASSING)('says with %s that the same may succeed later', (code) => {
    expect([isConnectionLost(withCode(code)), isUnavailable(withCode(code))]).toEqual([false, true]);
  });

  it.each(OURS)('says with %s that something is wrong with what was asked', (code) => {
    expect([isConnectionLost(withCode(code)), isUnavailable(withCode(code))]).toEqual([false, false]);
  });
});
