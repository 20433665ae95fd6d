import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { config } = JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8')) as {
  config: { v8: string };
};

/** Those with which `npm start` runs the service. */
export const V8_FLAGS = config.v8.split(' ');
