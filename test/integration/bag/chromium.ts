// A real headless Chromium, driven over two pipes (Chrome DevTools Protocol), so that nothing else is needed.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

type Fields = Readonly<Record<string, unknown>>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

const FLAGS = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--hide-scrollbars',
];

/** A browser process; each page of it is one tab. */
export class Chromium {
  private readonly waiting = new Map<number, (message: Message) => void>();
  private readonly listeners = new Set<(message: Message & { readonly sessionId?: string }) => void>();
  private lastId = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
  ) {
    let rest = '';
    (child.stdio[4] as Readable).on('data', (chunk: Buffer) => {
      const messages = `${rest}${chunk.toString()}`.split('\0');
      rest = messages.pop() ?? '';
      for (const text of messages) this.take(JSON.parse(text) as Message);
    });
  }

  static async start(): Promise<Chromium> {
    const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
    const flags = [...FLAGS, `--user-data-dir=${profile}`];
    const child = spawn('chromium', flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    const browser = new Chromium(child, profile);
    await browser.send('Browser.getVersion');
    return browser;
  }

  send(method: string, params: Fields = {}, sessionId?: string): Promise<Fields> {
    this.lastId += 1;
    const id = this.lastId;
    const text = JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) });
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result = {}, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
      (this.child.stdio[3] as Writable).write(`${text}\0`);
    });
  }

  listen(sessionId: string, take: (method: string, params: Fields) => void): void {
    this.listeners.add((message) => {
      if (message.sessionId === sessionId && message.method) take(message.method, message.params ?? {});
    });
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    await this.send('Browser.close').catch(() => undefined);
    await ended;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private take(message: Message): void {
    if (message.id !== undefined) {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
      return;
    }
    for (const listener of this.listeners) listener(message);
  }
}
