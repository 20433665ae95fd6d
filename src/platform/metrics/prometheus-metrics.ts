import { performance } from 'node:perf_hooks';
import { Logger } from '@nestjs/common';
import {
  collectDefaultMetrics,
  Counter as PromCounter,
  Gauge,
  Histogram as PromHistogram,
  Registry,
} from 'prom-client';
import { Counter, Histogram, Metric, Metrics, Sample } from '../../shared/application/metrics';
import { stackOf } from '../errors/stack-of';
import { SingleFlight } from '../retry/single-flight';
import { within } from '../retry/time-limit';

/** How long the result of a query is shown, however often it is scraped. */
const KEPT_MS = 5_000;
/**
 * Time limit of all reads together: Prometheus waits ten seconds by default, and a dead database must not use them up.
 */
const READING_LIMIT_MS = 3_000;

/** Gauges of the library whose names say counter; their sums by type (`nodejs_active_handles` and so on) stay. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

type Read = () => readonly Sample<string>[] | Promise<readonly Sample<string>[]>;

interface Reading {
  readonly gauge: Gauge;
  readonly reads: Read[];
  keptUntilMs: number;
}

/**
 * Counts in memory, reads gauges at each scrape, and writes everything in Prometheus' text format, with the process's
 * metrics.
 */
export class PrometheusMetrics extends Metrics {
  private readonly logger = new Logger('Metrics');
  private readonly registry = new Registry();
  private readonly readings = new Map<string, Reading>();
  private readonly looks = new SingleFlight(() => this.look());

  constructor() {
    super();
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  counter<Label extends string>(metric: Metric<Label>): Counter<Label> {
    const counter = this.known<PromCounter>(metric) ?? new PromCounter(this.described(metric));
    return {
      add: (labels, count = 1) => {
        counter.inc(labels, count);
      },
    };
  }

  histogram<Label extends string>(metric: Metric<Label> & { readonly buckets: readonly number[] }): Histogram<Label> {
    const histogram =
      this.known<PromHistogram>(metric) ??
      new PromHistogram({ ...this.described(metric), buckets: [...metric.buckets] });
    return {
      observe: (value, labels) => {
        histogram.observe(labels, value);
      },
      time: async (labels, work) => {
        const startedMs = performance.now();
        try {
          return await work();
        } finally {
          histogram.observe(labels, (performance.now() - startedMs) / 1_000);
        }
      },
    };
  }

  gauge<Label extends string>(metric: Metric<Label>, read: Read): void {
    const known = this.readings.get(metric.name);
    if (known) known.reads.push(read);
    else this.readings.set(metric.name, { gauge: new Gauge(this.described(metric)), reads: [read], keptUntilMs: 0 });
  }

  /** All metrics in Prometheus' text format. Concurrent callers share one result. */
  tell(): Promise<string> {
    return this.looks.run();
  }

  private async look(): Promise<string> {
    const untilMs = performance.now() + READING_LIMIT_MS;
    // One after another: they share the connections with the requests that they measure.
    for (const [name, reading] of this.readings) await this.refresh(name, reading, untilMs);
    return this.registry.metrics();
  }

  private async refresh(name: string, reading: Reading, untilMs: number): Promise<void> {
    const nowMs = performance.now();
    if (nowMs < reading.keptUntilMs) return;
    try {
      const given = reading.reads.map((read) => read());
      const isImmediate = !given.some((one) => one instanceof Promise);
      const samples = await within(untilMs - nowMs, Promise.all(given.map(async (one) => one)));
      reading.gauge.reset();
      for (const { labels, value } of samples.flat()) reading.gauge.set(labels, value);
      if (!isImmediate) reading.keptUntilMs = nowMs + KEPT_MS;
    } catch (error) {
      // No value is better than an outdated one.
      reading.gauge.reset();
      this.logger.warn(`${name} could not be read. ${stackOf(error)}`);
    }
  }

  private known<Kind>({ name }: { readonly name: string }): Kind | undefined {
    return this.registry.getSingleMetric(name) as Kind | undefined;
  }

  private described({ name, help, labels = [] }: Metric<string>) {
    return { name, help, labelNames: labels, registers: [this.registry] };
  }
}
