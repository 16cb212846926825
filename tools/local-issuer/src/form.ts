import type { IncomingMessage } from 'node:http';

const MOST_FORM_BYTES = 4_096;

/** The fields that a browser sent, or undefined when there is far more than a form has. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Read to its end even when it is too long: a browser shows no answer that comes before.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_FORM_BYTES) chunks.push(chunk);
  }
  return size > MOST_FORM_BYTES ? undefined : new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
