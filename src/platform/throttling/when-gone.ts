import type { IncomingMessage, ServerResponse } from 'node:http';

/** Whether nobody can receive the response any more. */
export function isGone({ socket }: IncomingMessage, response: ServerResponse): boolean {
  return socket.destroyed || response.destroyed;
}

/**
 * Calls back once, when the response has ended, however it does. Node says nothing of a response that still waits for
 * those before it (pipelining) when its connection ends; here it closes then, too, so that whoever makes it stops.
 */
export function whenGone({ socket }: IncomingMessage, response: ServerResponse, done: () => void): void {
  let hasEnded = false;
  const ended = () => {
    // A listener that is removed while its event is under way is called all the same.
    if (hasEnded) return;
    hasEnded = true;
    socket.off('close', disconnected);
    done();
  };
  const disconnected = () => {
    ended();
    if (response.socket !== null || response.closed) return;
    response.destroy();
    response.emit('close');
  };
  socket.once('close', disconnected);
  response.once('close', ended);
}
