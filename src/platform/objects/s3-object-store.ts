import { hash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { ObjectStore } from './object-store';

/** Files have some 16 MB at most, which takes less even on a slow line. */
const PUT_TIMEOUT_MS = 120_000;
const GET_TIMEOUT_MS = 20_000;
/** After answers 429 and 5xx. */
const RETRIES = 3;

interface S3Place {
  /** https://host/bucket/prefix, without a trailing slash. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A bucket of S3, or of what speaks its language; the bucket stands in the path. */
export class S3ObjectStore extends ObjectStore {
  readonly place: string;
  private readonly client: AwsClient;

  constructor({ url, region, accessKeyId, secretAccessKey }: S3Place) {
    super();
    this.place = url;
    this.client = new AwsClient({ service: 's3', region, accessKeyId, secretAccessKey, retries: RETRIES });
  }

  async put(name: string, content: Buffer): Promise<void> {
    // The store refuses what does not hash to this: nothing is damaged on the way.
    const headers = { 'x-amz-content-sha256': hash('sha256', content, 'hex') };
    const signal = AbortSignal.timeout(PUT_TIMEOUT_MS);
    const body = new Uint8Array(content);
    const response = await this.client.fetch(`${this.place}/${name}`, { method: 'PUT', headers, body, signal });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`storing ${name} was answered with ${response.status}`);
  }

  async get(name: string, position: number, bytes: number): Promise<Buffer> {
    const headers = { range: `bytes=${position}-${position + bytes - 1}` };
    const response = await this.client.fetch(`${this.place}/${name}`, {
      headers,
      signal: AbortSignal.timeout(GET_TIMEOUT_MS),
    });
    const content = Buffer.from(await response.arrayBuffer());
    if (response.status !== 206) throw new Error(`reading ${name} was answered with ${response.status}`);
    if (content.length !== bytes) throw new Error(`${name} ends at byte ${position + content.length}`);
    return content;
  }
}
