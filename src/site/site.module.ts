import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { hasRole, ServiceConfig } from '../platform/config/service-config';
import { HttpConfig } from '../platform/http/http-config';
import { BuiltPages } from './infrastructure/built-pages';
import { publicUrlOf } from './infrastructure/public-url';
import { routePages } from './infrastructure/page-routes';
import { SiteConfig } from './infrastructure/site-config';
import { routeVerifier } from './infrastructure/verifier-file';
import { routeAssets, routeDirectory } from './infrastructure/site-files';

/** The pages for people: a client of our own API, in the same process. To be called before the application starts. */
export async function serveSite(app: NestFastifyApplication): Promise<void> {
  const service = app.get(ServiceConfig);
  if (app.get(SiteConfig).SITE === 'off' || !hasRole(service, 'api')) return;
  const pages = await BuiltPages.read();
  const publicUrl = publicUrlOf(app.get(HttpConfig), service);
  if (publicUrl === null) {
    new Logger('Site').warn(
      'PUBLIC_URL is not set: there is no sitemap, and links to the pages have no preview picture.',
    );
  }
  const fastify = app.getHttpAdapter().getInstance();
  routePages(fastify, pages, publicUrl);
  routeDirectory(fastify, pages, publicUrl);
  await routeAssets(fastify, pages.clientFolder);
  await routeVerifier(fastify, pages.verifierFile);
}
