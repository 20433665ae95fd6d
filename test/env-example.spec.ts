import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, settingsOf } from '../src/platform/config/config';
import { SECTIONS } from '../src/programs/config';

const repository = join(__dirname, '..');
/** Only docker-compose.yml asks for it. */
const COMPOSE_ONLY = ['POSTGRES_PASSWORD', 'SERVICE_DATABASE_PASSWORD'];

const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const documented = [...read('.env.example').matchAll(/^(?:# )?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => ({
  name: name!,
  value: value!,
}));
const asked = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!);
const given = [...read('docker-compose.yml').matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name!);
const configurable = SECTIONS.flatMap(settingsOf);

describe('.env.example', () => {
  it('documents every variable that the service knows, and no other', () => {
    const names = documented.map(({ name }) => name).filter((name) => !COMPOSE_ONLY.includes(name));
    expect(names.sort()).toEqual([...configurable].sort());
  });

  it('shows the true defaults', () => {
    const defaults = readConfig(SECTIONS, {}) as unknown as Record<string, unknown>;
    const optional = documented.filter(({ name }) => defaults[name] !== undefined && name !== 'ORIGIN');
    expect(optional.map(({ name, value }) => [name, value])).toEqual(
      optional.map(({ name }) => [name, String(defaults[name])]),
    );
  });

  it('holds no secret', () => {
    const secrets = documented.filter(({ name }) => /KEY|SECRET|TOKEN|PASSWORD|DATABASE_URL/.test(name));
    expect(secrets.map(({ value }) => value)).toEqual(secrets.map(() => ''));
  });

  it('documents what docker-compose.yml asks for, which in turn passes on whatever there is to set', () => {
    const names = documented.map(({ name }) => name);
    expect(asked.filter((name) => !names.includes(name))).toEqual([]);
    // The image runs in production, on a database of its own: there is no folder of data.
    expect(configurable.filter((name) => name !== 'DATA_DIR' && !given.includes(name))).toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  it('keeps the lists, up to 1 GiB, in a volume and not in memory', () => {
    const [service = ''] = read('docker-compose.yml').split('\n  database:');
    const folder = /^ {6}TMPDIR: (\S+)/m.exec(service)?.[1];
    expect(service).toContain(`:${folder}]`);
    expect(service).toMatch(/tmpfs: \['\/tmp:size=\d+m'\]/);
  });
});
