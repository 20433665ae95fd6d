/**
 * Returns what a log may hold of an error: its message and stack, and those of its causes. Never log the error object
 * itself: a failed query carries its parameters, and they hold secrets.
 */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an Error was thrown';
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return (error.stack ?? error.message) + cause;
}
