import { connect, Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends these bytes, and reads what comes until the other side ends. Null: it ended without a word. */
export async function sendRaw(port: number, bytes: string | Buffer, host = '127.0.0.1'): Promise<RawAnswer | null> {
  const socket = connect(port, host);
  socket.write(bytes);
  return readAnswer(socket);
}

export function readAnswer(socket: Socket): Promise<RawAnswer | null> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    // Whoever is cut off in the middle of sending may see a reset behind the answer.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(parse(text));
    });
  });
}

function parse(text: string): RawAnswer | null {
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  if (status === undefined) return null;
  const end = text.indexOf('\r\n\r\n');
  const lines = text.slice(0, end).split('\r\n').slice(1);
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(':')[0]!.toLowerCase(), line.replace(/^[^:]+: */, '')]),
  );
  return { status: Number(status), headers, body: text.slice(end + 4) };
}
