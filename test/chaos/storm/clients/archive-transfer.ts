// One GET of an archive or of a range of it: takes what comes, breaks off where told, says what it got.
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { answered, answerOf, unanswered, type Answer } from '../call.js';

export interface Transfer {
  readonly path: string;
  readonly token: string;
  readonly from: number;
  /** The byte after the last one. */
  readonly to: number;
  /** Of the whole archive. */
  readonly ofBytes: number;
  readonly etag: string;
  /** Breaks off once it has got so many bytes. */
  readonly abortAfter?: number;
}

export interface Transferred {
  readonly answer: Answer;
  readonly chunks: readonly Buffer[];
  readonly received: number;
}

const TRANSFER_MS = 90_000;

export async function transfer(base: string, asked: Transfer): Promise<Transferred> {
  const sentAt = Date.now();
  const chunks: Buffer[] = [];
  let received = 0;
  let answer: Answer | undefined;
  try {
    const ask = { method: 'GET', path: asked.path, token: asked.token, headers: rangeOf(asked) };
    const response = await answered(base, ask, AbortSignal.timeout(TRANSFER_MS));
    if ((response.statusCode ?? 0) >= 300) {
      return { answer: answerOf(response, await bodyOf(response), sentAt), chunks, received };
    }
    answer = answerOf(response, undefined, sentAt);
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      received += chunk.length;
      // Leaving the loop destroys the answer and with it the connection.
      if (asked.abortAfter !== undefined && received >= asked.abortAfter) break;
    }
    return { answer: { ...answer, doneAt: Date.now() }, chunks, received };
  } catch (error) {
    // Once the head is there the download is recorded, however its bytes end.
    if (answer) return { answer: { ...answer, doneAt: Date.now() }, chunks, received };
    return { answer: unanswered(error, sentAt), chunks, received };
  }
}

function rangeOf({ from, to, ofBytes, etag }: Transfer): Readonly<Record<string, string>> {
  if (from === 0 && to === ofBytes) return {};
  return { range: `bytes=${from}-${to - 1}`, 'if-range': etag };
}

async function bodyOf(response: IncomingMessage): Promise<unknown> {
  const bytes = await buffer(response);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return bytes.toString('utf8');
  }
}
