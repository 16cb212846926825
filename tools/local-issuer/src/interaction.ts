import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type Provider from 'oidc-provider';
import type { IssuerConfig } from './config.js';
import { FailedAttempts } from './failed-attempts.js';
import { readSignInName, signInName, type People } from './people.js';
import { signInPage, signInPolicy } from './sign-in-page.js';

const MOST_FORM_BYTES = 4_096;
const FAILURE_DELAY_MS = 300;
const WRONG = 'User name or password is wrong.';

/** The sign-in form and what becomes of it. */
export class Interaction {
  private readonly failures = new FailedAttempts();

  constructor(
    private readonly provider: Provider,
    private readonly people: People,
    private readonly config: IssuerConfig,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const begun = await this.provider.interactionDetails(request, response).catch(() => undefined);
    if (!begun)
      return this.page(response, 400, { name: '', message: 'This sign-in has ended. Start again from the page.' });
    if (request.method !== 'POST') return this.page(response, 200, { name: '' });
    const form = await readForm(request);
    const name = form.get('name') ?? '';
    const outcome = await this.check(name, form.get('password') ?? '');
    if ('message' in outcome) return this.page(response, 200, { name, message: outcome.message });
    const login = { accountId: outcome.accountId, remember: false };
    await this.provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }

  private async check(name: string, password: string): Promise<{ accountId: string } | { message: string }> {
    if (this.failures.tooMany(name, Date.now())) return { message: 'Too many tries. Wait five minutes.' };
    const who = readSignInName(name);
    try {
      const person = who && (await this.people.find(who));
      if (person && equal(password, this.config.demoPassword)) {
        this.failures.clear(name);
        return { accountId: signInName(person) };
      }
    } catch {
      return { message: 'Signing in is not possible right now. Try again in a moment.' };
    }
    this.failures.add(name, Date.now());
    await sleep(FAILURE_DELAY_MS);
    return { message: WRONG };
  }

  private page(response: ServerResponse, status: number, content: { name: string; message?: string }): void {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': signInPolicy(this.config.publicUrl),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    response.end(signInPage(content));
  }
}

// Hashed first, so that neither content nor length shows in the time it takes.
function equal(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_FORM_BYTES) break;
    chunks.push(chunk);
  }
  return new URLSearchParams(size > MOST_FORM_BYTES ? '' : Buffer.concat(chunks).toString('utf8'));
}
