import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { createApp, TAGS } from '../src/create-app';
import { createDataSource } from '../src/data-source';
import { WebhookModule } from '../src/webhook/webhook.module';
import { openApiDocument } from '../src/platform/documents/openapi';
import { completeConfigFrom } from '../test/support/complete-config';

/** Nothing is asked of it: the document follows from the code alone. */
const NO_DATABASE = 'postgres://nobody@127.0.0.1:9/none';
const RULES = 'recommended-strict';
/** `/pools/rules/{gameId}` and `/pools/{id}/bundle` could be one URL, if `rules` were a UUID. */
const EXCEPTIONS = { 'no-ambiguous-paths': 'off' } as const;

/** What the pages know of the API. */
const PAGE_TYPES = 'web/client/api-types.ts';

/** Lints what /openapi.json serves, and holds the pages' types against it; `--write` makes them anew. */
async function checkOpenApi(): Promise<void> {
  const served = await servedDocument();
  await lint(JSON.stringify(served, null, 2));
  await comparePageTypes(served);
}

async function lint(source: string): Promise<void> {
  const { createConfig, formatProblems, getTotals, lintFromString } = await import('@redocly/openapi-core');
  const config = await createConfig({ extends: [RULES], rules: EXCEPTIONS });
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  const totals = getTotals(problems);
  formatProblems(problems, { totals, format: 'stylish' });
  if (totals.errors + totals.warnings > 0) process.exitCode = 1;
  else console.log(`The OpenAPI document keeps the rules of ${RULES}: ${source.length} bytes.`);
}

async function comparePageTypes(served: object): Promise<void> {
  const { astToString, default: openapiTS } = await import('openapi-typescript');
  const text = astToString(await openapiTS(JSON.stringify(served)));
  const types = await format(`// Made by npm run check:openapi -- --write: do not edit.\n${text}`, {
    ...(await resolveConfig(PAGE_TYPES)),
    parser: 'typescript',
  });
  if (process.argv.includes('--write')) writeFileSync(PAGE_TYPES, types);
  if (readFileSync(PAGE_TYPES, 'utf8') === types) return console.log(`${PAGE_TYPES} is up to date.`);
  console.log(`${PAGE_TYPES} is not up to date: npm run check:openapi -- --write`);
  process.exitCode = 1;
}

async function servedDocument(): Promise<object> {
  const config = completeConfigFrom({ NODE_ENV: 'test', DATABASE_URL: NO_DATABASE, LOG_LEVEL: 'error' });
  const app = await createApp(config, createDataSource({ url: NO_DATABASE, poolSize: 1 }));
  return openApiDocument(app, TAGS, WebhookModule.describe);
}

void checkOpenApi();
