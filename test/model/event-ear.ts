import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../support/api-client.js';
import type { Heard } from './sights.js';

const RETRY_MS = 1_000;

/** Listens to the server-sent events of one person. */
export class EventEar {
  private readonly stop = new AbortController();
  private heard: Heard[] = [];
  private rest = '';

  private constructor(
    private readonly userId: string,
    private readonly client: () => Promise<ApiClient>,
  ) {}

  /** `client` gives one whose token was issued now. */
  static async open(userId: string, client: () => Promise<ApiClient>): Promise<EventEar> {
    const ear = new EventEar(userId, client);
    const answer = await ear.connect();
    expect(answer.status).toBe(200);
    void ear.listen(answer);
    return ear;
  }

  /** Whether an event that was not taken yet has this text. */
  has(text: string): boolean {
    return this.heard.some((one) => one.text.includes(text));
  }

  take(): Heard[] {
    const taken = this.heard;
    this.heard = [];
    return taken;
  }

  close(): void {
    this.stop.abort();
  }

  private async connect(): Promise<Response> {
    const { token, baseUrl } = await this.client();
    const headers = { authorization: `Bearer ${token}` };
    return fetch(new URL('/api/v1/events', baseUrl), { headers, signal: this.stop.signal });
  }

  // As a browser does: the stream of somebody who is made inactive ends, and opens again once they are active.
  private async listen(first: Response): Promise<void> {
    try {
      for (let answer = first; ; answer = await this.connect()) {
        const decoder = new TextDecoder();
        for await (const chunk of (answer.ok && answer.body) || []) this.add(decoder.decode(chunk, { stream: true }));
        await sleep(RETRY_MS, undefined, { signal: this.stop.signal });
      }
    } catch (error) {
      if (!this.stop.signal.aborted) throw error;
    }
  }

  private add(text: string): void {
    const blocks = `${this.rest}${text}`.split('\n\n');
    this.rest = blocks.pop() ?? '';
    const events = blocks.filter((block) => block.startsWith('event:'));
    this.heard.push(...events.map((block) => ({ userId: this.userId, text: block })));
  }
}
