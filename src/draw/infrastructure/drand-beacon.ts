import { Logger, OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '../../shared/application/clock';
import { Counter, Metrics, NoMetrics } from '../../shared/application/metrics';
import { Quarantine } from '../../platform/retry/quarantine';
import { stackOf } from '../../platform/errors/stack-of';
import { Beacon } from '../application/beacon';
import type { BeaconChain } from '../domain/beacon-chain';
import { DrandRelay, RelayFault, RelayLimits } from './drand-relay';
import { Attempt, firstSuccess } from './first-success';
import { SignatureChecks } from './signature-checks';

export interface DrandLimits extends RelayLimits {
  /** After this long without an answer, the next relay is asked as well. */
  readonly patienceMs: number;
  /** Longest pause of a round that no relay has; also this one grows from `firstPauseMs`. */
  readonly longestRoundPauseMs: number;
}

const LIMITS: DrandLimits = {
  relayTimeoutMs: 3_000,
  patienceMs: 500,
  firstPauseMs: 500,
  longestPauseMs: 2_000,
  longestRoundPauseMs: 30_000,
};

export interface DrandOptions {
  readonly chain: BeaconChain | null;
  readonly relayUrls: readonly string[];
  readonly clock: Pick<Clock, 'now'>;
  readonly limits?: Partial<DrandLimits>;
  readonly checks?: SignatureChecks;
  readonly metrics?: Metrics;
}

interface Flight {
  readonly signature: Promise<Buffer | null>;
  readonly unwanted: AbortController;
}

/** Fetches the rounds of drand from relays, none of which is trusted. */
export class DrandBeacon extends Beacon implements OnModuleDestroy {
  readonly chain: BeaconChain | null;
  private readonly logger = new Logger('DrandBeacon');
  private readonly limits: DrandLimits;
  private readonly checks: SignatureChecks;
  /** The relay with the last genuine answer comes first. */
  private relays: readonly DrandRelay[];
  private readonly answers: Counter<'relay' | 'result'>;
  private readonly flights = new Map<string, Flight>();
  /** Each round by itself: a round that no relay has does not hold up the others. */
  private readonly heldBack: Quarantine;
  private ended = false;

  constructor(private readonly options: DrandOptions) {
    super();
    this.chain = options.chain;
    this.limits = { ...LIMITS, ...options.limits };
    this.heldBack = new Quarantine(this.limits.firstPauseMs, this.limits.longestRoundPauseMs);
    this.checks = options.checks ?? new SignatureChecks();
    this.relays = options.relayUrls.map((url) => new DrandRelay(url, this.limits));
    this.answers = (options.metrics ?? new NoMetrics()).counter({
      name: 'lottery_beacon_answers_total',
      help: 'Rounds that a relay was asked for, by what came of it: genuine or failed.',
      labels: ['relay', 'result'],
    });
    for (const { host: relay } of this.relays) {
      for (const result of ['genuine', 'failed']) this.answers.add({ relay, result }, 0);
    }
  }

  async signatureOf(chain: BeaconChain, round: number): Promise<Buffer | null> {
    const key = `${chain.hash}/${round}`;
    const flight = this.flights.get(key);
    if (flight) return flight.signature;
    if (this.ended || this.options.clock.now() < chain.timeOf(round) || this.heldBack.isPausing(key)) return null;
    const unwanted = new AbortController();
    const signature = this.ask(key, chain, round, unwanted).finally(() => this.flights.delete(key));
    this.flights.set(key, { signature, unwanted });
    return signature;
  }

  /** Runs before anything that waits for an answer is asked to stop. */
  async onModuleDestroy(): Promise<void> {
    this.ended = true;
    for (const { unwanted } of this.flights.values()) unwanted.abort();
    await this.checks.end();
  }

  private async ask(key: string, chain: BeaconChain, round: number, unwanted: AbortController): Promise<Buffer | null> {
    const faults: unknown[] = [];
    const available = this.relays.filter(({ isPausing }) => !isPausing);
    const attempts = available.map((relay) => this.attempt(relay, chain, round, faults));
    const signature = await firstSuccess(attempts, this.limits.patienceMs, unwanted);
    if (signature) this.heldBack.succeeded(key);
    // What is the fault of relays pauses them, and not the round as well.
    else if (faults.some((fault) => !(fault instanceof RelayFault) || fault.isRoundMissing)) this.heldBack.failed(key);
    return signature;
  }

  private attempt(relay: DrandRelay, chain: BeaconChain, round: number, faults: unknown[]): Attempt<Buffer> {
    return async (unwanted) => {
      try {
        const signature = await relay.claimOf(chain.hash, round, unwanted);
        const genuine = await this.checks.isGenuine({ publicKey: chain.publicKey, round, signature });
        if (!genuine) throw new RelayFault('its signature is not that of the round');
        this.answers.add({ relay: relay.host, result: 'genuine' });
        relay.succeeded();
        this.relays = [relay, ...this.relays.filter((other) => other !== relay)];
        return signature;
      } catch (error) {
        if (!unwanted.aborted) {
          faults.push(error);
          this.note(relay, round, error);
        }
        throw error;
      }
    };
  }

  private note(relay: DrandRelay, round: number, error: unknown): void {
    if (!(error instanceof RelayFault)) {
      this.logger.error(`The signature of round ${round} could not be checked.`, stackOf(error));
      return;
    }
    this.answers.add({ relay: relay.host, result: 'failed' });
    const line = relay.failed(round, error);
    if (line !== null) this.logger.warn(line);
  }
}
