const MAX_HOPS = 10;

/** A browser's cookies and redirects, for one host name. */
export class CookieJar {
  private readonly cookies = new Map<string, { value: string; attributes: readonly string[] }>();

  /** `reachedAt`: where an address is reached that only a proxy in front would answer. */
  constructor(private readonly reachedAt = (address: string): string => address) {}

  get names(): readonly string[] {
    return [...this.cookies.keys()];
  }

  attributesOf(name: string): readonly string[] {
    return this.cookies.get(name)?.attributes ?? [];
  }

  /** Sends a request and follows redirects as a browser does; the answer's `url` is the last address. */
  async follow(url: string, init: RequestInit = {}): Promise<Response> {
    let next = url;
    let request = init;
    const accept = new Headers(init.headers).get('accept') ?? undefined;
    for (let hop = 0; hop < MAX_HOPS; hop += 1) {
      const headers = { ...(request.headers as Record<string, string> | undefined), cookie: this.header() };
      const response = await fetch(this.reachedAt(next), { ...request, headers, redirect: 'manual' });
      this.keep(response);
      const location = response.headers.get('location');
      if (location === null) return response;
      next = new URL(location, next).href;
      request = accept === undefined ? {} : { headers: { accept } };
    }
    throw new Error(`${url} redirects without end`);
  }

  /** As a browser sends it. */
  header(): string {
    return [...this.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  private keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '') this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), { value, attributes });
    }
  }
}
