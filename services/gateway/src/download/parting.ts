import type { IncomingMessage, ServerResponse } from 'node:http';

/** A reader that is slow may still have megabytes to take; one that never closes its side counts as having done so. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Asked before the first byte of an answer; call what it gives after the last byte. That throws when the other side did
 * not take all: that the system took it says little, as it buffers megabytes. Over HTTP/1.0, the default of nginx
 * before 1.29.7, this answer is the last on its connection: the other side then closes in good order, or resets the
 * connection because it leaves bytes unread (RFC 9293, section 3.6.1). Over HTTP/1.1 a reset says nothing: HAProxy also
 * resets connections that it has read to the end.
 */
export function partingFrom(response: ServerResponse<IncomingMessage>): () => Promise<void> {
  const { socket, httpVersion } = response.req;
  if (httpVersion !== '1.0') return async () => undefined;
  response.shouldKeepAlive = false;
  // Node would close both sides after the last byte, and never hear.
  socket.destroySoon = () => void socket.end();
  return async () => {
    const patience = setTimeout(() => socket.destroy(), PATIENCE_MS);
    if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
    clearTimeout(patience);
    if (socket.errored) throw socket.errored;
  };
}
