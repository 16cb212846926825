/** A response of the HTTP API with its parsed body. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Calls one service with one token. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    readonly token: string,
  ) {}

  get<T>(path: string): Promise<Answer<T>> {
    return this.send('GET', path);
  }

  post<T>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send('POST', path, { body, headers });
  }

  put<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.send('PUT', path, { body });
  }

  /** Sends raw bytes. */
  async raw<T>(
    method: string,
    path: string,
    bytes: NonNullable<RequestInit['body']>,
    type = 'application/octet-stream',
  ): Promise<Answer<T>> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': type };
    return answerOf(await fetch(new URL(path, this.baseUrl), { method, headers, body: bytes }));
  }

  async send<T>(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const all = {
      authorization: `Bearer ${this.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    return answerOf(await fetch(new URL(path, this.baseUrl), { method, headers: all, ...json }));
  }
}

export async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const body = (text === '' ? undefined : JSON.parse(text)) as T;
  return { status: response.status, headers: response.headers, body };
}
