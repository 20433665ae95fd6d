import { Logger, OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '../../shared/application/clock';
import { Counter, Metrics, NoMetrics } from '../../shared/application/metrics';
import { Quarantine } from '../../platform/retry/quarantine';
import { stackOf } from '../../platform/errors/stack-of';
import { Beacon } from '../application/beacon';
import type { BeaconChain } from '../domain/beacon-chain';
import { DrandRelay, RelayFault } from './drand-relay';
import { Attempt, firstSuccess } from './first-success';
import { SignatureChecks } from './signature-checks';

export interface DrandLimits {
  /** Time limit for the whole answer of one relay. */
  readonly relayTimeoutMs: number;
  /** After this long without an answer, the next relay is asked as well. */
  readonly patienceMs: number;
  /** Pause after all relays have failed for the first time; each further pause is twice as long. */
  readonly firstPauseMs: number;
  /**
   * Longest pause. Short, because people wait for the draw: with four silent relays it continues within 10 s of their
   * return.
   */
  readonly longestPauseMs: number;
}

const LIMITS: DrandLimits = { relayTimeoutMs: 3_000, patienceMs: 500, firstPauseMs: 500, longestPauseMs: 2_000 };

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
    this.heldBack = new Quarantine(this.limits.firstPauseMs, this.limits.longestPauseMs);
    this.checks = options.checks ?? new SignatureChecks();
    this.relays = options.relayUrls.map((url) => new DrandRelay(url, this.limits.relayTimeoutMs));
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
    const attempts = this.relays.map((relay) => this.attempt(relay, chain, round));
    const signature = await firstSuccess(attempts, this.limits.patienceMs, unwanted);
    if (signature) this.heldBack.succeeded(key);
    else this.heldBack.failed(key);
    return signature;
  }

  private attempt(relay: DrandRelay, chain: BeaconChain, round: number): Attempt<Buffer> {
    return async (unwanted) => {
      try {
        const signature = await relay.claimOf(chain.hash, round, unwanted);
        const genuine = await this.checks.isGenuine({ publicKey: chain.publicKey, round, signature });
        if (!genuine) throw new RelayFault('its signature is not that of the round');
        this.answers.add({ relay: relay.host, result: 'genuine' });
        this.relays = [relay, ...this.relays.filter((other) => other !== relay)];
        return signature;
      } catch (error) {
        if (!unwanted.aborted) this.note(relay, round, error);
        throw error;
      }
    };
  }

  private note(relay: DrandRelay, round: number, error: unknown): void {
    if (!(error instanceof RelayFault)) {
      this.logger.error(`The signature of round ${round} could not be checked.`, stackOf(error));
      return;
    }
    relay.failures++;
    this.answers.add({ relay: relay.host, result: 'failed' });
    this.logger.warn(
      `Relay ${relay.host}, round ${round}: ${error.message} (failure ${relay.failures} of this relay).`,
    );
  }
}
