import type { ApiClient } from '../support/api-client.js';
import type { Heard } from './sights.js';

/** Listens to the server-sent events of one person. */
export class EventEar {
  private readonly stop = new AbortController();
  private heard: Heard[] = [];
  private rest = '';

  private constructor(private readonly userId: string) {}

  static async open(userId: string, person: ApiClient): Promise<EventEar> {
    const ear = new EventEar(userId);
    const headers = { authorization: `Bearer ${person.token}` };
    const answer = await fetch(new URL('/api/v1/events', person.baseUrl), { headers, signal: ear.stop.signal });
    expect(answer.status).toBe(200);
    void ear.listen(answer.body);
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

  private async listen(body: ReadableStream<Uint8Array> | null): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body ?? []) this.add(decoder.decode(chunk, { stream: true }));
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
