import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BundleToVerify, DrawVerifier } from '../application/draw-verifier';
import type { ChainRow } from '../domain/rows';

/** The parts of verifier/core in use; they are documented there. */
interface Core {
  verify(inputs: {
    bundle: string;
    key: string;
    chain?: object;
    sha256: (bytes: Uint8Array) => Uint8Array;
  }): Promise<{ checks: { step: string; status: string; text: string; reason?: string }[] }>;
}

interface Chain {
  readonly hash: string;
  readonly publicKey: string;
  readonly genesis: number;
  readonly period: number;
  readonly scheme: string;
}

interface Chains {
  readonly QUICKNET: Chain;
  readonly parseChain: (info: unknown) => Chain;
}

/** Paths from this file, in src/ or compiled in dist/src/. */
const CORE = ['../../../verifier/core', '../../../../verifier/core'];

/** The stand-alone verifier in verifier/, unchanged: an ECMAScript module that shares no code with the service. */
export class VerifierCore extends DrawVerifier {
  private constructor(
    private readonly core: Core,
    readonly chains: readonly ChainRow[],
    private readonly infos: ReadonlyMap<string, object>,
  ) {
    super();
  }

  /**
   * `infos`: drand chains to trust besides quicknet, as drand's /info describes them. @throws Error if one is malformed
   */
  static async load(infos: readonly object[]): Promise<VerifierCore> {
    const folder = CORE.find((path) => existsSync(join(__dirname, path, 'verify.mjs')));
    if (folder === undefined) throw new Error('verifier/ is not beside the service: it is needed');
    const core = (await import(`${folder}/verify.mjs`)) as Core;
    const { QUICKNET, parseChain } = (await import(`${folder}/beacon-chain.mjs`)) as Chains;
    const given = infos.map((info) => ({ info, chain: parseChain(info) }));
    const chains = [QUICKNET, ...given.map(({ chain }) => chain)].map(rowOf);
    return new VerifierCore(core, chains, new Map(given.map(({ info, chain }) => [chain.hash, info])));
  }

  async verify({ json, key, chainHash }: BundleToVerify): Promise<{ step: string; reason: string } | null> {
    const chain = chainHash === null ? undefined : this.infos.get(chainHash);
    const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'buffer');
    const { checks } = await this.core.verify({ bundle: json, key, sha256, ...(chain && { chain }) });
    const failed = checks.find(({ status }) => status === 'failed');
    return failed ? { step: failed.step, reason: `it is not so that ${failed.text}: ${failed.reason}` } : null;
  }
}

/** The chain as the service stores it. */
function rowOf({ hash: id, publicKey, genesis, period, scheme }: Chain): ChainRow {
  return {
    hash: `\\x${id}`,
    publicKey: `\\x${publicKey}`,
    genesisSeconds: String(genesis),
    periodSeconds: String(period),
    scheme,
  };
}
