import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@account-backups/contracts';
import type { Content } from './demo-account.js';

export interface ApiClientOptions {
  readonly baseUrl: string;
  readonly token: string;
}

export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  /** Made anew for each attempt. */
  readonly body: () => Content | string | Promise<Content | string>;
}

const RETRY_DEADLINE_MS = 60_000;

/** Calls an HTTP API of ours with a bearer token; waits a moment where it says that it is not ready. */
export class ApiClient {
  constructor(private readonly options: ApiClientOptions) {}

  /** Gives the JSON of the answer. Throws the problem that the API names, `UNAVAILABLE` when it stays away. */
  async call(call: ApiCall): Promise<unknown> {
    const deadline = Date.now() + RETRY_DEADLINE_MS;
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.send(call).catch((cause: unknown) => unreachable(this.options.baseUrl, cause));
      if (!(response instanceof AppError) && response.ok) return response.json();
      const problem = response instanceof AppError ? response : await problemOf(response);
      if (!problem.retryable || Date.now() > deadline) throw problem;
      await sleep(Math.min(250 * 2 ** attempt, 5_000));
    }
  }

  private async send({ method, path, contentType, body }: ApiCall): Promise<Response> {
    const content = await body();
    const sent = typeof content === 'string' || Buffer.isBuffer(content) ? content : ReadableStream.from(content);
    return fetch(`${this.options.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.options.token}`, 'content-type': contentType },
      body: sent as NonNullable<RequestInit['body']>,
      // a streamed body is sent in chunks, its length unknown
      duplex: 'half',
    } as RequestInit);
  }
}

async function problemOf(response: Response): Promise<AppError> {
  const text = await response.text();
  const sentence = `${response.url} answered ${response.status}`;
  try {
    const { code, detail, errors } = JSON.parse(text) as Record<string, unknown>;
    const known = AppError.fromBody({ code, message: `${sentence}: ${String(detail)}`, errors });
    if (known.code !== 'INTERNAL' || response.status >= 500) return known;
  } catch {
    // not one of our answers: a proxy, or something else on that port
  }
  return new AppError(response.status >= 500 ? 'UNAVAILABLE' : 'INTERNAL', `${sentence}: ${text.slice(0, 200)}`);
}

function unreachable(baseUrl: string, cause: unknown): AppError {
  return new AppError('UNAVAILABLE', `${baseUrl} cannot be reached`, { cause });
}
