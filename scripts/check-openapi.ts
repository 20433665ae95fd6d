import 'reflect-metadata';
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

/** Lints what /openapi.json serves. */
async function checkOpenApi(): Promise<void> {
  const { createConfig, formatProblems, getTotals, lintFromString } = await import('@redocly/openapi-core');
  const source = JSON.stringify(await servedDocument(), null, 2);
  const config = await createConfig({ extends: [RULES], rules: EXCEPTIONS });
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  const totals = getTotals(problems);
  formatProblems(problems, { totals, format: 'stylish' });
  if (totals.errors + totals.warnings > 0) process.exitCode = 1;
  else console.log(`The OpenAPI document keeps the rules of ${RULES}: ${source.length} bytes.`);
}

async function servedDocument(): Promise<object> {
  const config = completeConfigFrom({ NODE_ENV: 'test', DATABASE_URL: NO_DATABASE, LOG_LEVEL: 'error' });
  const app = await createApp(config, createDataSource({ url: NO_DATABASE, poolSize: 1 }));
  return openApiDocument(app, TAGS, WebhookModule.describe);
}

void checkOpenApi();
