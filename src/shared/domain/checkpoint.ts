/** The body of a C2SP tlog-checkpoint: `<origin>`, decimal size and base64 root, a line each. */
export function checkpointBody(origin: string, size: number, root: Buffer): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}
