import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Report, reportLines, verify } from '../../verifier/core/verify.mjs';
import { PYTHON, PythonVerifier } from './python-verifier';
import { TestChain } from './test-chain';
import { chunks } from './verify-draw';

export interface Files {
  readonly bundle: unknown;
  readonly key: string;
  readonly ballots?: string;
  readonly receipt?: object;
}

/** Both verifiers on the same files: what they say must be the same, but for reasons of a refusal. */
export class BothVerifiers {
  private constructor(
    private readonly folder: string,
    private readonly python: PythonVerifier | null,
  ) {}

  static async start(): Promise<BothVerifiers> {
    const folder = await mkdtemp(join(tmpdir(), 'both-verifiers-'));
    await writeFile(join(folder, 'chain.json'), JSON.stringify(new TestChain().info));
    return new BothVerifiers(folder, PYTHON ? new PythonVerifier() : null);
  }

  /** The report on which they agree. */
  async verify({ bundle, key, ballots, receipt }: Files): Promise<Report> {
    const json = typeof bundle === 'string' ? bundle : JSON.stringify(bundle);
    const report = await verify({
      bundle: json,
      key,
      chain: new TestChain().info,
      ...(ballots !== undefined && { ballots: chunks(ballots) }),
      ...(receipt && { receipt: JSON.stringify(receipt) }),
    });
    if (this.python === null) return report;
    const args = [await this.file('bundle.json', json), '--key', key, '--chain', join(this.folder, 'chain.json')];
    if (ballots !== undefined) args.splice(1, 0, await this.file('ballots.txt', ballots));
    if (receipt) args.push('--receipt', await this.file('receipt.json', JSON.stringify(receipt)));
    const { code, stdout, stderr } = await this.python.run([...args, '--json']);
    expect(stderr).toBe('');
    expect(withoutReasons(JSON.parse(stdout) as Report)).toEqual(withoutReasons(report));
    expect(code).toBe(report.undrawn ? 3 : report.valid ? 0 : 1);
    if (report.assurance === null) return report;
    expect((await this.python.run(args)).stdout).toBe(`${reportLines(report).join('\n')}\n`);
    return report;
  }

  async stop(): Promise<void> {
    await this.python?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async file(name: string, content: string): Promise<string> {
    await writeFile(join(this.folder, name), content);
    return join(this.folder, name);
  }
}

function withoutReasons({ checks, ...report }: Report): object {
  return { ...report, checks: checks.map(({ step, status, text }) => ({ step, status, text })) };
}
