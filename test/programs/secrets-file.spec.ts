import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationRefused, readConfig } from '../../src/platform/config/config';
import { completeConfig, SECTIONS } from '../../src/programs/config';
import { madeSecrets, savedSecrets, secretsFile } from '../../src/programs/secrets-file';

describe('secrets of a data folder', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'secrets-'))));
  afterEach(() => rm(dataDir, { recursive: true }));

  const fill = () => madeSecrets(dataDir, { admin: true });

  it('are made once, for the owner alone, and used again', async () => {
    const first = await fill();
    expect(await fill()).toEqual(first);
    expect((await stat(secretsFile(dataDir))).mode & 0o777).toBe(0o600);
    const { SIGNING_KEY, JWT_SECRET, INTERNAL_CLOSE_TOKEN } = first;
    const production = { NODE_ENV: 'production', SIGNING_KEY, JWT_SECRET, INTERNAL_CLOSE_TOKEN };
    expect(() => readConfig(SECTIONS, production)).not.toThrow();
  });

  it('are those of one process where many make them at once', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => fill()));
    expect(new Set(made.map(({ JWT_SECRET }) => JWT_SECRET)).size).toBe(1);
    expect(JSON.parse(await readFile(secretsFile(dataDir), 'utf8'))).toMatchObject({ JWT_SECRET: made[0]?.JWT_SECRET });
  });

  it('hold no admin for a database that is not our own', async () => {
    expect(await madeSecrets(dataDir, { admin: false })).not.toHaveProperty('ADMIN_PASSWORD');
  });

  it('give way to what is configured', async () => {
    const configured = { INTERNAL_CLOSE_TOKEN: '0b9e4c5d6a7f8091a2b3c4d5e6f70819' };
    const made = { ...(await fill()), DATABASE_URL: 'postgres://db' };
    const config = completeConfig(readConfig(SECTIONS, configured), made);
    expect(config).toMatchObject({ ...made, ...configured });
  });

  it('and a database are all that a configuration needs', async () => {
    expect(() => completeConfig(readConfig(SECTIONS, {}), { DATABASE_URL: 'postgres://db' })).toThrow(
      'SIGNING_KEY is missing',
    );
    const { JWT_SECRET, ...incomplete } = await fill();
    expect(JWT_SECRET).toHaveLength(64);
    const refusal = () => completeConfig(readConfig(SECTIONS, {}), incomplete);
    expect(refusal).toThrow('DATABASE_URL is missing');
    expect(refusal).toThrow('JWT_SECRET is missing');
  });

  it('are not made by looking for them', async () => {
    expect(await savedSecrets(dataDir)).toBeNull();
    const made = await fill();
    expect(await savedSecrets(dataDir)).toEqual(made);
  });

  it('are not replaced where they cannot be read', async () => {
    await fill();
    await writeFile(secretsFile(dataDir), 'half a fi');
    await expect(fill()).rejects.toThrow('cannot be read');
  });

  it.each([
    ['{}', 'SIGNING_KEY is missing'],
    ['null', 'it is no JSON object'],
    ['[]', 'it is no JSON object'],
    ['"x"', 'it is no JSON object'],
    ['', 'it is no JSON object'],
  ])('are refused by the name of their file where it holds %s', async (content, fault) => {
    await fill();
    await writeFile(secretsFile(dataDir), content);
    const refusal = await fill().catch((error: Error) => error);
    expect(refusal).toBeInstanceOf(ConfigurationRefused);
    expect((refusal as Error).message).toContain(`${secretsFile(dataDir)}: `);
    expect((refusal as Error).message).toContain(fault);
  });

  it.each([
    ['a quote is missing', (text: string) => text.replace('"ADMIN_PASSWORD": "', '"ADMIN_PASSWORD": ')],
    ['a secret is no text', (text: string) => text.replace(/("JWT_SECRET": )"(.*)"/, '$1["$2"]')],
    ['a secret is too short', (text: string) => text.replace(/("JWT_SECRET": "\w{8})\w+/, '$1')],
    ['a key is no key', (text: string) => text.replace(/("SIGNING_KEY": "\S{8})\S+"/, '$1"')],
    ['a secret has a line feed', (text: string) => text.replace(/("INTERNAL_CLOSE_TOKEN": "\w+)/, '$1\\n')],
  ])('are refused without a piece of one where %s', async (_, edit) => {
    const made = await fill();
    const text = await readFile(secretsFile(dataDir), 'utf8');
    expect(edit(text)).not.toBe(text);
    await writeFile(secretsFile(dataDir), edit(text));
    const refusal = await fill().catch((error: Error) => error);
    expect(refusal).toBeInstanceOf(ConfigurationRefused);
    const shown = [(refusal as Error).stack, String((refusal as Error).cause)].join();
    expect(shown).toContain(secretsFile(dataDir));
    for (const secret of Object.values({ ...made } as Record<string, string>).filter((value) => value !== 'admin')) {
      expect(shown).not.toContain(secret.slice(0, 6));
    }
  });
});
