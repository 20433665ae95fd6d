import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The same as the image that docker-compose.yml names. */
export const KAFKA_VERSION = '4.1.1';
const SLF4J = '1.7.36';
/** 43 MB from Maven Central; a slow line must not look like a hang for ever. */
const FETCH_TIMEOUT_MS = 300_000;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>lottery.test</groupId>
  <artifactId>kafka-broker</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>${SLF4J}</version>
    </dependency>
  </dependencies>
</project>
`;

const run = promisify(execFile);

/** What is missing on this machine to start a broker of our own; empty where nothing is. */
export async function missingTools(): Promise<string[]> {
  const java = await answers('java', ['-version']);
  const maven = existsSync(jarsFolder()) || (await answers('mvn', ['-v']));
  return [...(java ? [] : ['java (17 or newer)']), ...(maven ? [] : ['mvn'])];
}

/**
 * The class path of the broker. Its jars are fetched once and kept outside the tree; safe to ask for at the same time.
 */
export async function brokerClassPath(): Promise<string> {
  const folder = jarsFolder();
  if (!existsSync(folder)) await fetchJars(folder);
  return join(folder, '*');
}

function jarsFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'lottery-kafka', KAFKA_VERSION);
}

async function fetchJars(folder: string): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true });
  const draft = await mkdtemp(`${folder}.`);
  try {
    await writeFile(join(draft, 'pom.xml'), POM);
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(draft, 'jars')}`, '-DincludeScope=runtime'];
    await run('mvn', ['-q', '-B', '-f', join(draft, 'pom.xml'), ...goal], { timeout: FETCH_TIMEOUT_MS });
    await rename(join(draft, 'jars'), folder).catch((error: unknown) => {
      // Somebody else was faster, with the same jars.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function answers(program: string, args: readonly string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  );
}
