import { type Report, reportLines, UnusableInput, verify } from '../../verifier/core/verify.mjs';
import { fastSha256 } from './fast-sha256';

/** A file that the person gave, or an address of this service. */
export type Source = Blob | string;

export interface VerifyRequest {
  readonly bundle: Source;
  readonly ballots?: Source;
  readonly receipt?: Source;
  readonly proof?: Source;
  /** The keys that the person believes. The one that the bundle names is taken if it is among them, else the first. */
  readonly keys: readonly string[];
  /** A drand chain to be believed besides quicknet, as drand's `/info` describes it. */
  readonly chain?: object;
}

export type VerifyAnswer =
  | { readonly kind: 'progress'; readonly lines: number; readonly total: number }
  | ReportAnswer
  /** There is no verdict: a malformed key, a file that cannot be read, an address that does not answer, or a fault here. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** The worker's script is not there any more. */
  | { readonly kind: 'gone' };

export interface ReportAnswer {
  readonly kind: 'report';
  readonly report: Report;
  /** Those that the command line prints. */
  readonly lines: readonly string[];
  /** The one that was believed. */
  readonly key: string;
  /** The one that the bundle names. */
  readonly named: string | null;
}

const PROGRESS_MS = 100;

/** Runs the verifier for what a page asked, and posts how far it is and what came out. */
export async function answerRequest(request: VerifyRequest, post: (answer: VerifyAnswer) => void): Promise<void> {
  try {
    const bundle = await wholeOf(request.bundle);
    const named = keyNamedIn(bundle);
    // What the bundle names is a choice among the believed keys only.
    const key = request.keys.find((believed) => believed === named) ?? request.keys[0] ?? '';
    const report = await verify({
      bundle,
      key,
      sha256: fastSha256,
      onProgress: seldom((lines, total) => post({ kind: 'progress', lines, total })),
      ...(request.ballots !== undefined && { ballots: chunksOf(request.ballots) }),
      ...(request.receipt !== undefined && { receipt: await wholeOf(request.receipt) }),
      ...(request.proof !== undefined && { proof: await wholeOf(request.proof) }),
      ...(request.chain !== undefined && { chain: request.chain }),
    });
    post({ kind: 'report', report, lines: reportLines(report), key, named });
  } catch (error) {
    // Whatever it is, the reader waits for an answer.
    const isExpected = error instanceof UnusableInput || error instanceof CannotRead;
    post({ kind: 'unusable', reason: isExpected ? error.message : String(error) });
  }
}

class CannotRead extends Error {}

/** Whatever is wrong with the bundle, the verifier says in its turn. */
function keyNamedIn(bundle: Uint8Array): string | null {
  try {
    const { verifierKey } = JSON.parse(new TextDecoder().decode(bundle)) as { verifierKey?: unknown };
    return typeof verifierKey === 'string' ? verifierKey : null;
  } catch {
    return null;
  }
}

async function wholeOf(source: Source): Promise<Uint8Array> {
  const stream = await open(source);
  return new Uint8Array(await reading(source, new Response(stream).arrayBuffer()));
}

/** Memory stays that of a chunk. Nothing is fetched before the first chunk is asked for. */
async function* chunksOf(source: Source): AsyncGenerator<Uint8Array> {
  // Not every browser lets a stream be iterated.
  const reader = (await open(source)).getReader();
  try {
    for (;;) {
      const { done, value } = await reading(source, reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function open(source: Source): Promise<ReadableStream<Uint8Array>> {
  if (typeof source !== 'string') return source.stream();
  const response = await reading(source, fetch(source));
  if (!response.ok || response.body === null) throw new CannotRead(`${source}: ${await problemOf(response)}`);
  return response.body;
}

/** What the service says about it (RFC 9457), or its status. */
async function problemOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: unknown; title?: unknown };
  const said = [problem.detail, problem.title].find((text) => typeof text === 'string');
  return `${response.status}${said === undefined ? '' : ` ${said}`}`;
}

async function reading<T>(source: Source, read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    throw new CannotRead(`${typeof source === 'string' ? source : nameOf(source)}: ${(error as Error).message}`);
  }
}

function nameOf(blob: Blob): string {
  return 'name' in blob ? String(blob.name) : 'the file';
}

function seldom(tell: (lines: number, total: number) => void): (lines: number, total: number) => void {
  let toldAt = -Infinity;
  return (lines, total) => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_MS && lines < total) return;
    toldAt = now;
    tell(lines, total);
  };
}
