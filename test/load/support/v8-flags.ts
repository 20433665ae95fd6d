import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { scripts } = JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8')) as {
  scripts: { start: string };
};

/** Those with which `npm start` runs the service. */
export const V8_FLAGS = scripts.start.split(' dist/')[0]?.match(/--\S+/g) as string[];
if (!V8_FLAGS) throw new Error(`no flags are seen in: ${scripts.start}`);
