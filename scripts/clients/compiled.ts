import { generateWithJava, installGenerator } from './openapi-generator';
import { copyOf, type Environment, type Kit, run } from './run';

const OAPI_CODEGEN = 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2';
const OGEN = 'github.com/ogen-go/ogen/cmd/ogen@v1.24.0';
/** They fetch and compile hundreds of files. */
const TIMEOUT_MS = 600_000;

const java: Kit = {
  name: 'Java, openapi-generator',
  install: async (folder) => {
    await run('mvn', ['-version'], { folder });
    await installGenerator(folder);
  },
  build: async (folder) => {
    await generateWithJava(folder, 'java', '.', []);
    await copyOf('Play.java', folder);
    const goals = [
      'compile',
      'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath',
      '-Dmdep.outputFile=classpath',
    ];
    await run('mvn', ['-q', '-B', '-DskipTests', ...goals], { folder, timeout: TIMEOUT_MS });
  },
  play: (folder, service) =>
    run('sh', ['-c', 'java -cp "target/classes:$(cat classpath)" Play.java'], { folder, more: service }),
};

const goGenerator: Kit = {
  name: 'Go, openapi-generator',
  install: async (folder) => {
    await run('go', ['version'], { folder });
    await installGenerator(folder);
  },
  build: async (folder) => {
    const options = ['--package-name', 'lottery', '--additional-properties', 'withGoMod=false'];
    await generateWithJava(folder, 'go', 'lottery', options);
    await buildGo(folder, 'openapi-generator.go');
  },
  play: playGo,
};

const oapiCodegen: Kit = {
  name: 'Go, oapi-codegen',
  install: (folder) => installGo(folder, OAPI_CODEGEN),
  build: async (folder) => {
    await run('mkdir', ['lottery'], { folder });
    const options = ['-generate', 'types,client', '-package', 'lottery', '-o', 'lottery/client.go'];
    await run('bin/oapi-codegen', [...options, 'openapi.json'], { folder });
    await buildGo(folder, 'oapi-codegen.go');
  },
  play: playGo,
};

const ogen: Kit = {
  name: 'Go, ogen',
  install: (folder) => installGo(folder, OGEN),
  build: async (folder) => {
    const printed = await run('bin/ogen', ['-target', 'lottery', '-package', 'lottery', 'openapi.json'], { folder });
    if (/skipp/i.test(printed)) throw new Error(`ogen left out operations:\n${printed}`);
    await buildGo(folder, 'ogen.go');
  },
  play: playGo,
};

/** Minutes of a core: tried with `--all` only. */
export const COMPILED_KITS: readonly Kit[] = [goGenerator, oapiCodegen, ogen, java];

async function installGo(folder: string, program: string): Promise<void> {
  await run('go', ['install', program], { folder, timeout: TIMEOUT_MS, more: { GOBIN: `${folder}/bin` } });
}

async function buildGo(folder: string, script: string): Promise<void> {
  await copyOf(script, folder, 'play.go');
  await run('go', ['mod', 'init', 'play'], { folder });
  await run('go', ['mod', 'tidy'], { folder, timeout: TIMEOUT_MS });
  await run('go', ['build', './...'], { folder, timeout: TIMEOUT_MS });
}

function playGo(folder: string, service: Environment): Promise<string> {
  return run('go', ['run', '.'], { folder, timeout: TIMEOUT_MS, more: service });
}
