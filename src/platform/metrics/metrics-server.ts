import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from '../../shared/application/metrics';
import { MetricsConfig } from './metrics-config';
import { PrometheusMetrics } from './prometheus-metrics';
import { stackOf } from '../errors/stack-of';

const REQUEST_TIMEOUT_MS = 5_000;
const MAX_CONNECTIONS = 16;

/**
 * Serves `/metrics` on a port of its own, for operators only: no proxy in front of the public port can expose it by
 * mistake. Answers until the process ends.
 */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Metrics');
  private server: Server | null = null;

  constructor(
    private readonly config: MetricsConfig,
    private readonly metrics: Metrics,
  ) {}

  /** Null without a metrics port. */
  get url(): string | null {
    const address = this.server?.address() as AddressInfo | null | undefined;
    return address ? `http://${this.config.METRICS_HOST}:${address.port}/metrics` : null;
  }

  /** @throws Error if the port is taken */
  async onApplicationBootstrap(): Promise<void> {
    const { metrics } = this;
    if (!(metrics instanceof PrometheusMetrics)) return;
    this.server = createServer((request, response) => void this.answer(metrics, request, response));
    this.server.requestTimeout = REQUEST_TIMEOUT_MS;
    this.server.maxConnections = MAX_CONNECTIONS;
    this.server.listen(this.config.METRICS_PORT, this.config.METRICS_HOST);
    await once(this.server, 'listening');
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(metrics: PrometheusMetrics, { method, url }: IncomingMessage, response: ServerResponse) {
    const isAsked = (method === 'GET' || method === 'HEAD') && url?.split('?')[0] === '/metrics';
    if (!isAsked) {
      response.writeHead(404).end();
      return;
    }
    try {
      const text = await metrics.tell();
      const headers = { 'content-type': metrics.contentType, 'content-length': Buffer.byteLength(text) };
      // Node leaves the body out for HEAD.
      response.writeHead(200, { ...headers, 'cache-control': 'no-store' }).end(text);
    } catch (error) {
      this.logger.error('The metrics could not be collected.', stackOf(error));
      response.writeHead(500).end();
    }
  }
}
