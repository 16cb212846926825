// One HTTP call that always ends, and what is known of its effect afterwards. A new connection for each call: a socket
// that a dead gateway left behind must not decide about the next one.
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Ask {
  readonly method: string;
  /** With the base, the whole address. */
  readonly path: string;
  readonly token: string;
  readonly body?: Buffer;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** `done`: answered as asked. `refused`: it has had no effect. `unknown`: it may have happened, or may happen yet. */
export type Effect = 'done' | 'refused' | 'unknown';

export interface Answer {
  readonly effect: Effect;
  /** 0 when there was no answer. */
  readonly status: number;
  /** That of a problem document, or why there was no answer. */
  readonly code: string;
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
  /** By `Date.now`. */
  readonly sentAt: number;
  readonly doneAt: number;
}

const CALL_MS = 45_000;

/** Makes the call and reads the answer, at most `timeoutMs` long; never throws. */
export async function call(base: string, ask: Ask): Promise<Answer> {
  const sentAt = Date.now();
  try {
    const response = await answered(base, ask, AbortSignal.timeout(ask.timeoutMs ?? CALL_MS));
    const body = parsed(await buffer(response));
    return answerOf(response, body, sentAt);
  } catch (error) {
    return unanswered(error, sentAt);
  }
}

/** Resolves with the head of the answer, whose body is yet to be read. */
export function answered(base: string, ask: Ask, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${ask.token}`,
      ...(ask.body && { 'content-type': ask.type ?? 'application/json', 'content-length': String(ask.body.length) }),
      ...ask.headers,
    };
    const outgoing = request(new URL(ask.path, base), { method: ask.method, headers, agent: false, signal });
    outgoing.once('response', resolve).once('error', reject).end(ask.body);
  });
}

export function answerOf(response: IncomingMessage, body: unknown, sentAt: number): Answer {
  const status = response.statusCode ?? 0;
  return {
    effect: effectOf(status),
    status,
    code: codeOf(body),
    body,
    headers: response.headers,
    sentAt,
    doneAt: Date.now(),
  };
}

export function unanswered(error: unknown, sentAt: number): Answer {
  const code = errnoOf(error);
  // Nobody took the connection, so nobody can have read the request.
  const effect = code === 'ECONNREFUSED' ? 'refused' : 'unknown';
  return { effect, status: 0, code, body: undefined, headers: {}, sentAt, doneAt: Date.now() };
}

function effectOf(status: number): Effect {
  if (status >= 200 && status < 300) return 'done';
  return status >= 400 && status < 500 ? 'refused' : 'unknown';
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function codeOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('code' in body)) return '';
  return typeof body.code === 'string' ? body.code : '';
}

function errnoOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error && typeof error.name === 'string' ? error.name : 'UNKNOWN';
}
