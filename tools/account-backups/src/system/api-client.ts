import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@account-backups/contracts';

interface ApiClientOptions {
  readonly baseUrl: string;
  readonly token: string;
  /** How long to keep trying while a part is away; a minute by default. */
  readonly patienceMs?: number;
  /** Called once each time the API goes away. */
  readonly onRetry?: (problem: AppError) => void;
}

type ApiBody = string | Buffer | AsyncIterable<Uint8Array>;

export interface ApiCall {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  /** Made anew for each attempt; an iterable is sent in chunks. */
  readonly body?: () => ApiBody | Promise<ApiBody>;
}

const PATIENCE_MS = 60_000;

/** Calls one of our HTTP APIs with a bearer token; tries again where the API says that this may help. */
export class ApiClient {
  private isAway = false;

  constructor(private readonly options: ApiClientOptions) {}

  /** The answer's JSON. Throws the problem that the API names, or `UNAVAILABLE` when it cannot be reached. */
  async json(call: ApiCall): Promise<unknown> {
    return (await this.answer(call)).json();
  }

  /** The answer's text; throws as `json` does. */
  async text(call: ApiCall): Promise<string> {
    return (await this.answer(call)).text();
  }

  private async answer(call: ApiCall): Promise<Response> {
    const deadline = Date.now() + (this.options.patienceMs ?? PATIENCE_MS);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.attempt(call);
      if (!(outcome instanceof AppError)) {
        this.isAway = false;
        return outcome;
      }
      const waitMs = Math.min(250 * 2 ** attempt, 5_000);
      if (!outcome.retryable || Date.now() + waitMs > deadline) throw outcome;
      if (!this.isAway) this.options.onRetry?.(outcome);
      this.isAway = true;
      await sleep(waitMs);
    }
  }

  private async attempt({ method, path, body, ...call }: ApiCall): Promise<Response | AppError> {
    const source = new WatchedBody(await body?.());
    const headers = {
      authorization: `Bearer ${this.options.token}`,
      accept: call.accept ?? 'application/json',
      ...(call.contentType && { 'content-type': call.contentType }),
    };
    const init = { method, headers, body: source.toSend(), duplex: 'half' } as RequestInit;
    try {
      const response = await fetch(`${this.options.baseUrl}${path}`, init);
      return response.ok ? response : await problemOf(response);
    } catch (cause) {
      source.rethrowReadFault();
      return new AppError('UNAVAILABLE', `${this.options.baseUrl} cannot be reached, or broke the connection`, {
        cause,
      });
    }
  }
}

/** Tells a body that cannot be read (trying again would not help) from a connection that broke. */
class WatchedBody {
  private fault: { readonly error: unknown } | undefined;

  constructor(private readonly content: ApiBody | undefined) {}

  toSend(): unknown {
    const { content } = this;
    if (content === undefined || typeof content === 'string' || Buffer.isBuffer(content)) return content;
    return ReadableStream.from(this.watched(content));
  }

  rethrowReadFault(): void {
    if (this.fault) throw this.fault.error;
  }

  private async *watched(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* content;
    } catch (error) {
      this.fault = { error };
      throw error;
    }
  }
}

async function problemOf(response: Response): Promise<AppError> {
  const text = await response.text();
  const sentence = `${response.url} answered ${response.status}`;
  try {
    const { code, detail, errors } = JSON.parse(text) as Record<string, unknown>;
    if (typeof code === 'string') return AppError.fromBody({ code, message: String(detail), errors });
  } catch {
    // not our answer: a proxy, or something else on that port
  }
  const code = response.status >= 500 ? 'UNAVAILABLE' : 'NOT_FOUND';
  return new AppError(code, `${sentence}, not as our API does: ${text.slice(0, 100)}`);
}
