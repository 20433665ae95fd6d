import { readConfig } from '../../../src/platform/config/config';
import { DatabaseConfig } from '../../../src/platform/database/database-config';
import { databaseUrlFault } from '../../../src/platform/database/database-url';

const SECRET = 's3cr';

describe('the URL of a database', () => {
  it.each([
    'postgres://db/lottery',
    'postgresql://lottery@db:6432/lottery?sslmode=no-verify',
    'postgres://u:a%2Fb%23c%25d%40e%3Ff@h/d',
    'postgres://u:p@[::1]:5432/d?options=-c%20work_mem%3D8MB&application_name=lottery',
    'postgres://u@/d?host=/var/run/postgresql',
    'postgres://u:p@%2Fvar%2Frun%2Fpostgresql/d',
  ])('may be %s', (url) => {
    expect(databaseUrlFault(url)).toBeNull();
  });

  it.each([
    ['mysql://u:s3cr@h/d', 'postgres://'],
    ['u:s3cr@h/d', 'postgres://'],
    ['postgres://u:s3cr/et@h/d', '%2F'],
    ['postgres://u:1234/s3cr@h/d', '%2F'],
    ['postgres://u:s3cr#et@h/d', '%23'],
    ['postgres://u:1234#s3cr@h/d', '%23'],
    ['postgres://u:1234?s3cr@h/d', '%3F'],
    ['postgres://u:s3cr%et@h/d', '%25'],
    ['postgres://u:s3cr%ff@h/d', '%25'],
    ['postgres://u:s3cr et@h/d', 'postgres://'],
    ['postgres://u:s3cr@h:99999/d', 'one server'],
    ['postgres://u:s3cr@h:0/d', 'port'],
    ['postgres://u:s3cr@h/d?port=none', 'port'],
    ['postgres://u:s3cr@a:1,b:2/d', 'one server'],
    ['postgres://u:s3cr@a,b/d', 'one server'],
    ['postgres://u:s3cr@h/d?sslrootcert=/no/such/file', '/no/such/file'],
    ['postgres://u:s3cr@h/d?sslnegotiation=never', 'sslnegotiation'],
    ['postgres://u:s3cr@h/d?query_timeout=0', 'query_timeout'],
    ['postgres://u:s3cr@h/d?replication=database', 'replication'],
  ])('is refused as %s, by name and without what it holds', (url, says) => {
    const fault = databaseUrlFault(url);
    expect(fault).toContain(says);
    expect(fault).not.toContain(SECRET);
  });

  it.each(['DATABASE_URL', 'DATABASE_OWNER_URL'])('is refused as %s with all other faults', (name) => {
    const read = () => readConfig([DatabaseConfig], { [name]: 'postgres://u:s3cr/et@h/d', DATABASE_POOL_SIZE: '1' });
    expect(read).toThrow(new RegExp(`DATABASE_POOL_SIZE[^]*${name} must be a postgres:// URL`));
  });
});
