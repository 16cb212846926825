import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type Provider from 'oidc-provider';
import type { IssuerConfig } from './config.js';
import { FailedAttempts } from './failed-attempts.js';
import { readForm } from './form.js';
import { pageHeaders } from './page.js';
import { readSignInName, signInName, type People } from './people.js';
import { endedPage, signInPage } from './sign-in-page.js';

const FAILURE_DELAY_MS = 300;
const WRONG = 'User name or password is wrong.';
const TOO_MANY = 'Too many tries. Wait five minutes.';
const AWAY = 'Signing in is not possible right now. Try again in a moment.';

/** Shows the sign-in form and handles what it sends. */
export class Interaction {
  private readonly failures = new FailedAttempts();

  constructor(
    private readonly provider: Provider,
    private readonly people: People,
    private readonly config: IssuerConfig,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const begun = await this.provider.interactionDetails(request, response).catch(() => undefined);
    if (!begun) return this.show(response, 400, this.ended('This sign-in took too long or was not begun here.'));
    if (request.method !== 'POST') return this.show(response, 200, signInPage({ name: '' }));
    const form = await readForm(request);
    if (!form) return this.show(response, 413, this.ended('What was sent is too long.'));
    const name = form.get('name') ?? '';
    const outcome = await this.check(name, form.get('password') ?? '');
    if ('message' in outcome) return this.show(response, 200, signInPage({ name, message: outcome.message }));
    const login = { accountId: outcome.accountId, remember: false };
    await this.provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }

  private async check(name: string, password: string): Promise<{ accountId: string } | { message: string }> {
    const who = readSignInName(name);
    if (!who) return refuse();
    const accountId = signInName(who);
    const now = Date.now();
    if (this.failures.tooMany(accountId, now)) return { message: TOO_MANY };
    // Counted before it has failed, so that attempts made at the same time count as well.
    this.failures.add(accountId, now);
    const person = await this.people.find(who).catch(() => 'away' as const);
    if (person === 'away') {
      this.failures.takeBack(accountId);
      return { message: AWAY };
    }
    if (!person || !equal(password, this.config.demoPassword)) return refuse();
    this.failures.clear(accountId);
    return { accountId };
  }

  private ended(reason: string): string {
    return endedPage(reason, this.config.publicUrl);
  }

  private show(response: ServerResponse, status: number, html: string): void {
    response.writeHead(status, pageHeaders(this.config.publicUrl)).end(html);
  }
}

async function refuse(): Promise<{ message: string }> {
  await sleep(FAILURE_DELAY_MS);
  return { message: WRONG };
}

// Hashed first, so that neither content nor length shows in the time it takes.
function equal(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
