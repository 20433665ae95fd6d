import { IsIn, IsOptional, MaxLength } from 'class-validator';
import { ConfigurationRefused, readConfig } from '../../../src/platform/config/config';
import { hasRole, Role } from '../../../src/platform/config/service-config';
import { SECTIONS } from '../../../src/programs/config';

const STRONG = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://lottery:pw@db/lottery',
  SIGNING_KEY: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
  JWT_SECRET: '8c1f0c8d5f0e4f60b1de7a9d1a2b3c4d',
  INTERNAL_CLOSE_TOKEN: '0b9e4c5d6a7f8091a2b3c4d5e6f70819',
};

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(SECTIONS, environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.faults;
    throw error;
  }
}

describe('configuration', () => {
  it('needs nothing at all to try the service', () => {
    expect(readConfig(SECTIONS, {})).toMatchObject({
      NODE_ENV: 'development',
      PORT: 8000,
      HOST: 'localhost',
      DATA_DIR: '.data',
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig(SECTIONS, { PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 8000 });
  });

  it('is complete for production', () => {
    expect(faultsOf(STRONG)).toEqual([]);
  });

  it('lists every fault at once and shows no value', () => {
    const faults = faultsOf({
      ...STRONG,
      PORT: '80800',
      DATABASE_URL: 'mysql://x',
      JWT_SECRET: 'short',
      TRUST_PROXY_HOPS: 'many',
    });
    const text = faults.join('\n');
    for (const name of ['PORT', 'DATABASE_URL', 'JWT_SECRET', 'TRUST_PROXY_HOPS']) expect(text).toContain(name);
    for (const value of ['80800', 'mysql://x', 'short', 'many']) expect(text).not.toContain(value);
  });

  it.each(['SIGNING_KEY', 'JWT_SECRET', 'INTERNAL_CLOSE_TOKEN'])('misses %s in production', (name) => {
    expect(faultsOf({ ...STRONG, [name]: '' }).join()).toContain(`${name} is missing`);
  });

  it.each([
    ['JWT_SECRET', 'a'.repeat(40)],
    ['JWT_SECRET', 'change-me-change-me-change-me-change-me'],
    ['INTERNAL_CLOSE_TOKEN', 'my-secret-token-my-secret-token-my-secret'],
    ['INTERNAL_CLOSE_TOKEN', 'too short'],
    ['SIGNING_KEY', 'bm90IDMyIGJ5dGVz'],
    ['SIGNING_KEY', Buffer.alloc(32).toString('base64')],
    ['JWT_SECRET', 'ab'.repeat(20)],
    ['JWT_SECRET', STRONG.INTERNAL_CLOSE_TOKEN],
  ])('refuses a weak %s in production', (name, value) => {
    expect(faultsOf({ ...STRONG, [name]: value }).join()).toContain(name);
  });

  it('refuses half an admin', () => {
    expect(faultsOf({ ADMIN_USERNAME: 'root' }).join()).toContain('ADMIN_PASSWORD');
    expect(faultsOf({ ADMIN_PASSWORD: 'long enough' }).join()).toContain('ADMIN_USERNAME');
  });

  it.each([
    ['INTERNAL_CLOSE_TOKEN', `${STRONG.INTERNAL_CLOSE_TOKEN}\n`],
    ['INTERNAL_CLOSE_TOKEN', ` ${STRONG.INTERNAL_CLOSE_TOKEN}`],
    ['INTERNAL_CLOSE_TOKEN', `${STRONG.INTERNAL_CLOSE_TOKEN}é`],
    ['INTERNAL_CLOSE_TOKEN', `${STRONG.INTERNAL_CLOSE_TOKEN}\u0000x`],
    ['JWT_SECRET', `${STRONG.JWT_SECRET}\r\n`],
    ['SIGNING_KEY', `${STRONG.SIGNING_KEY}\n`],
    ['ADMIN_PASSWORD', 'correct horse\n'],
    ['ADMIN_PASSWORD', `${'\ufe0f'.repeat(9)}${'x'.repeat(125)}`],
    ['ADMIN_USERNAME', 'admin\n'],
    ['ARCHIVE_ACCESS_KEY', 'key\n'],
    ['ARCHIVE_SECRET_KEY', 'kéy'],
    ['KAFKA_SASL_PASSWORD', 'password\n'],
  ])('refuses a %s that can never be used: %j', (name, value) => {
    const admin = { ADMIN_USERNAME: 'admin', ADMIN_PASSWORD: 'correct horse' };
    const archive = { ARCHIVE_URL: 'https://s3.example/bucket', ARCHIVE_ACCESS_KEY: 'key', ARCHIVE_SECRET_KEY: 'key' };
    const kafka = { KAFKA_SASL_MECHANISM: 'scram-sha-256', KAFKA_SASL_USERNAME: 'u', KAFKA_SASL_PASSWORD: 'p' };
    const usable = { ...STRONG, ...admin, ...archive, ...kafka };
    expect(faultsOf(usable)).toEqual([]);
    const faults = faultsOf({ ...usable, [name]: value });
    expect(faults).toEqual([expect.stringContaining(name)]);
    expect(faults.join()).not.toContain(value.trim());
  });

  it.each([
    'lottery.example\u200b',
    'lot\u00adtery',
    'lottery-👨‍👩‍👧',
    'lot\u0001tery',
    'lot\u0085tery',
    'lottery\u{1df25}',
    'lottérie.example',
    'lottery.example\n',
    'lot tery',
    'lot+tery',
    'x'.repeat(101),
  ])('refuses an ORIGIN that not every verifier reads: %j', (origin) => {
    expect(faultsOf({ ORIGIN: origin })).toEqual([expect.stringContaining('ORIGIN must be 1 to 100 printable ASCII')]);
  });

  it.each(['lottery.example', 'https://lottery.example/eu', '!"#$%&\'()*,-./:;<=>?@[\\]^_`{|}~'])(
    'takes the ORIGIN %s',
    (origin) => {
      expect(readConfig(SECTIONS, { ORIGIN: origin })).toMatchObject({ ORIGIN: origin });
    },
  );

  it.each(['*', 'https://play.example', 'http://localhost:3000,https://play.example'])(
    'lets in the origins %s',
    (value) => {
      expect(readConfig(SECTIONS, { CORS_ORIGINS: value }).CORS_ORIGINS).toEqual(value.split(','));
    },
  );

  it.each([
    'play.example',
    'https://play.example/',
    'https://play.example/x',
    'https://PLAY.example',
    'null',
    'ftp://a.b',
    ',',
  ])('refuses what no browser would send as an origin: %s', (value) => {
    expect(faultsOf({ CORS_ORIGINS: value }).join()).toContain('CORS_ORIGINS');
  });

  it.each(['https://lottery.example', 'http://localhost:8000'])('takes the address %s for the pages', (value) => {
    expect(readConfig(SECTIONS, { PUBLIC_URL: value }).PUBLIC_URL).toBe(value);
  });

  it.each(['lottery.example', 'https://lottery.example/', 'https://LOTTERY.example', 'ftp://a.b', '*'])(
    'refuses the address %s for the pages',
    (value) => {
      expect(faultsOf({ PUBLIC_URL: value }).join()).toContain('PUBLIC_URL');
    },
  );

  it('refuses a Redis of another kind, and limits that are no numbers', () => {
    expect(faultsOf({ REDIS_URL: 'http://redis:6379' }).join()).toContain('REDIS_URL');
    expect(faultsOf({ ADDRESS_REQUESTS_PER_SECOND: '-1' }).join()).toContain('ADDRESS_REQUESTS_PER_SECOND');
    expect(faultsOf({ USER_BALLOTS_PER_SECOND: '1.5' }).join()).toContain('USER_BALLOTS_PER_SECOND');
  });

  it('refuses to change a key for itself, and a weak key to change with', () => {
    expect(faultsOf({ ...STRONG, OTHER_SIGNING_KEY: STRONG.SIGNING_KEY }).join()).toContain('must differ');
    expect(faultsOf({ ...STRONG, OTHER_SIGNING_KEY: Buffer.alloc(32).toString('base64') }).join()).toContain('is weak');
  });

  it('does everything unless told otherwise', () => {
    expect(readConfig(SECTIONS, {}).ROLES).toEqual(['api', 'scheduler', 'relay', 'consumer']);
    const config = readConfig(SECTIONS, { ROLES: 'api, relay' });
    expect(['api', 'scheduler', 'relay', 'consumer'].filter((role) => hasRole(config, role as Role))).toEqual([
      'api',
      'relay',
    ]);
  });

  it.each(['api,', 'api,api', 'everything', 'API'])('refuses the roles %j', (roles) => {
    expect(faultsOf({ ROLES: roles }).join()).toContain('ROLES');
  });

  it('is watched by nobody unless told so', () => {
    expect(readConfig(SECTIONS, {})).toMatchObject({ LOG_REQUESTS: 'problems', METRICS_HOST: 'localhost' });
    expect(readConfig(SECTIONS, {}).METRICS_PORT).toBeUndefined();
    expect(readConfig(SECTIONS, { METRICS_PORT: '9464' }).METRICS_PORT).toBe(9464);
    expect(faultsOf({ METRICS_PORT: 'yes', LOG_REQUESTS: 'some' })).toHaveLength(2 + 2);
  });

  it('uses no beacon unless told so, and then the public relays', () => {
    expect(readConfig(SECTIONS, {})).toMatchObject({ BEACON: 'none' });
    const { BEACON, DRAND_RELAYS, DRAND_CHAIN_INFO } = readConfig(SECTIONS, { BEACON: 'drand' });
    expect({ BEACON, DRAND_CHAIN_INFO }).toEqual({ BEACON: 'drand', DRAND_CHAIN_INFO: undefined });
    expect(DRAND_RELAYS).toContain('https://api.drand.sh');
    expect(faultsOf({ BEACON: 'random.org' }).join()).toContain('BEACON');
  });

  it('takes relays with ports, paths, spaces between them and trailing slashes', () => {
    const { DRAND_RELAYS } = readConfig(SECTIONS, {
      DRAND_RELAYS: 'http://127.0.0.1:8080/, https://relay.example/drand/v1//',
    });
    expect(DRAND_RELAYS).toEqual(['http://127.0.0.1:8080', 'https://relay.example/drand/v1']);
  });

  it.each([
    'https://operator:hunter2@relay.example',
    'https://hunter2@relay.example',
    'https://relay.example/?key=hunter2',
    'https://relay.example/#hunter2',
    'ftp://hunter2.example',
    'hunter2.example',
    'https://',
    'https://hunter2.example:99999',
    'https://relay.example,,https://hunter2.example',
    'https://hunter2.example,',
    Array.from({ length: 9 }, (_, i) => `https://hunter2-${i}.example`).join(),
  ])('refuses the relays %s and does not repeat them', (relays) => {
    expect(faultsOf({ DRAND_RELAYS: relays })).toEqual([
      'DRAND_RELAYS must be 1 to 8 http(s) URLs, separated by commas, without user, query or fragment',
    ]);
  });
});

describe('a list of sections', () => {
  class Hall {
    @IsIn(['red', 'blue'])
    readonly COLOUR: string = 'red';

    /** Not configured. */
    readonly since?: string;
  }

  class Cellar {
    @IsOptional()
    @MaxLength(3)
    readonly WINE?: string;

    static faults({ COLOUR, WINE }: Cellar & Hall): readonly string[] {
      return COLOUR === 'red' && WINE === 'Riesling' ? ['WINE is of another COLOUR'] : [];
    }
  }

  const refused = (environment: Record<string, string>) => {
    try {
      return readConfig([Hall, Cellar], environment);
    } catch (error) {
      return (error as ConfigurationRefused).faults;
    }
  };

  it('is read into one object, with what is there and nothing else', () => {
    expect(readConfig([Hall, Cellar], { WINE: 'Tok', SHELL: '/bin/sh', since: '1999' })).toEqual({
      COLOUR: 'red',
      WINE: 'Tok',
    });
    expect(Object.keys(readConfig([Hall, Cellar], { COLOUR: 'blue', WINE: '' }))).toEqual(['COLOUR']);
  });

  it('reports the faults of all sections together, and those between their settings', () => {
    expect(refused({ COLOUR: 'green', WINE: 'Tokay' })).toEqual([
      expect.stringContaining('COLOUR'),
      expect.stringContaining('WINE'),
    ]);
    expect(refused({ WINE: 'Riesling' })).toEqual([expect.stringContaining('WINE must'), 'WINE is of another COLOUR']);
  });

  it('has no two settings of one name', () => {
    class Attic {
      @IsOptional()
      readonly WINE?: string;
    }
    expect(() => readConfig([Hall, Cellar, Attic], {})).toThrow(
      'two sections of the configuration have the setting WINE',
    );
  });

  it('are those of the service, each setting once', () => {
    expect(() => readConfig(SECTIONS, {})).not.toThrow();
  });
});
