import type { IncomingMessage } from 'node:http';

const MAX_FORM_BYTES = 4_096;

/** The fields that a browser sent; undefined for far more bytes than our form has. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Read to its end even when it is too long: browsers show no answer that comes before.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_FORM_BYTES) chunks.push(chunk);
  }
  return size > MAX_FORM_BYTES ? undefined : new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
