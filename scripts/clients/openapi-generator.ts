import { installPython, inVenv, run } from './run';

/** Its Python and TypeScript of what webhooks are sent (`webhook_id: ,`) do not compile: that part is left out. */
const PARTS = ['--global-property', 'apis,models,supportingFiles,apiTests=false,modelTests=false'];

export async function installGenerator(folder: string): Promise<void> {
  await run('java', ['-version'], { folder });
  await installPython(folder, 'openapi-generator.txt');
}

export async function generateWithJava(
  folder: string,
  language: string,
  output: string,
  options: readonly string[],
): Promise<void> {
  const args = ['generate', '-g', language, '--input-spec', 'openapi.json', '--output', output, ...options, ...PARTS];
  await run(inVenv(folder, 'openapi-generator-cli'), args, { folder });
}
