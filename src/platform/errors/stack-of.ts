/** Libraries wrap errors a few times; causes may form a circle. */
const MAX_CAUSES = 8;

/**
 * Returns what a log may hold of an error: its message and stack, and those of its causes. Never log the error object
 * itself: a failed query carries its parameters, and they hold secrets.
 */
export function stackOf(error: unknown, causes = MAX_CAUSES): string {
  if (!(error instanceof Error)) return 'something that is not an Error was thrown';
  const hasCause = error.cause !== undefined && causes > 0;
  const cause = hasCause ? `\ncaused by ${stackOf(error.cause, causes - 1)}` : '';
  return (error.stack ?? error.message) + cause;
}
