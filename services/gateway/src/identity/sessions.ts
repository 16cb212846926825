import { randomUUID } from 'node:crypto';
import { hostId, ownId } from '@account-backups/contracts';
import type { LiveKeyRing, RingKey } from '@account-backups/service-kit/keys';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeProtectedHeader, EncryptJWT, jwtDecrypt, type JWTPayload } from 'jose';
import { z } from 'zod';
import { originOf } from '@account-backups/service-kit';
import { parseCookie, setCookie } from '../http/cookies.js';
import { CONFIG, SESSION_KEYS, type GatewayConfig } from '../config.js';
import { isSecure, publicPath } from '../settings/public-path.js';
import { BACKUPS_SCOPE, type Person } from './caller.js';
import { calledBy } from './called-by.js';
import { LiveSessions } from './live-sessions.js';
import type { SignedIn } from './sign-in.service.js';

const SESSION = 'account_backups_session';
const ID_TOKEN = 'account_backups_id_token';
/** Browsers take cookies of 4,096 bytes, name and attributes included. */
const MAX_COOKIE_LENGTH = 3_900;

/** The name of the cookie of a signed-in person. */
export function sessionCookie(config: Pick<GatewayConfig, 'PUBLIC_URL'>): string {
  return isSecure(config) ? `__Host-${SESSION}` : SESSION;
}

const cookieSession = z.object({ sessionId: ownId, accountId: hostId, userId: hostId });

type SessionsConfig = Pick<GatewayConfig, 'SESSION_IDLE' | 'SESSION_MAX' | 'PUBLIC_URL' | 'OIDC_ISSUER'>;

interface Opened {
  readonly claims: JWTPayload;
  readonly keyId: string;
}

type CookieSession = z.output<typeof cookieSession>;

/**
 * Sessions as the browser has them: which one, and of whom, encrypted (JWE, A256GCM) in an http-only cookie. Whether it
 * holds, its record says, in `permissions`. It holds no rights; those are looked up at each request.
 */
@Injectable()
export class Sessions {
  private readonly isSecure: boolean;
  private readonly home: string;

  constructor(
    private readonly live: LiveSessions,
    @Inject(SESSION_KEYS) private readonly keys: Pick<LiveKeyRing, 'current'>,
    @Inject(CONFIG) private readonly config: SessionsConfig,
  ) {
    this.isSecure = isSecure(config);
    this.home = publicPath(config);
  }

  /**
   * The signed-in person, or undefined. A stale or altered cookie counts as none, and so does one whose session has
   * ended. To read it is to use the session, unless the call is said to be no use of it. A cookie under a key that is
   * not the active one any more is set anew.
   */
  async read(request: FastifyRequest, reply: FastifyReply, isUsed = true): Promise<Person | undefined> {
    const opened = await this.opened(request, SESSION);
    const session = opened && sessionOf(opened.claims);
    if (!session || !(await this.live.holds(session.sessionId, session, isUsed))) return undefined;
    if (opened.keyId !== this.keys.current.active.keyId) await this.renew(reply, SESSION, opened.claims);
    const { sessionId, accountId, userId } = session;
    const by = { kind: 'session', sessionId } as const;
    return { kind: 'person', accountId, userId, scopes: new Set([BACKUPS_SCOPE]), by };
  }

  /** What the cookie says, whether or not that session holds. */
  async ofCookie(request: FastifyRequest): Promise<CookieSession | undefined> {
    return sessionOf((await this.open(request, SESSION)) ?? {});
  }

  /** Begins a session in the place of the one that the browser has. */
  async begin(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): Promise<void> {
    const { userId, accountId, idToken } = signedIn;
    const { SESSION_IDLE: idleSeconds, SESSION_MAX: seconds, OIDC_ISSUER: issuer } = this.config;
    const sessionId = randomUUID();
    const { issuerSubject, issuerSession } = signedIn;
    const of = { sessionId, accountId, userId, ...originOf(request) };
    await this.live.begin({ ...of, idleSeconds, maxSeconds: seconds, issuer, issuerSubject, issuerSession });
    const earlier = await this.ofCookie(request);
    if (earlier) await this.live.end(earlier.sessionId, earlier, calledBy(request));
    const hint = idToken === undefined ? '' : await this.encrypt(ID_TOKEN, { idToken }, seconds);
    // The issuer can do without it; that of somebody who was here before must not stay.
    const kept = hint.length > MAX_COOKIE_LENGTH ? '' : hint;
    this.set(reply, ID_TOKEN, kept, kept === '' ? 0 : seconds);
    await this.seal(reply, SESSION, { sid: sessionId, sub: userId, account_id: accountId }, seconds);
  }

  /** The ID token of the session, where it was short enough for a cookie. The browser sends it to sign out alone. */
  async idToken(request: FastifyRequest): Promise<string | undefined> {
    const token = (await this.open(request, ID_TOKEN))?.['idToken'];
    return typeof token === 'string' ? token : undefined;
  }

  /** Throws what `permissions` throws while it is away: the browser then keeps what it has, to try again. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const session = await this.ofCookie(request);
    if (session) await this.live.end(session.sessionId, session, calledBy(request));
    this.clear(reply, SESSION);
    this.set(reply, ID_TOKEN, '', 0);
  }

  /** Puts claims into an encrypted http-only cookie for some seconds. */
  async seal(reply: FastifyReply, name: string, claims: JWTPayload, seconds: number): Promise<void> {
    this.set(reply, name, await this.encrypt(name, claims, seconds), seconds);
  }

  /** The claims of a cookie that `seal` made and that has not expired; else undefined. */
  async open(request: FastifyRequest, name: string): Promise<JWTPayload | undefined> {
    return (await this.opened(request, name))?.claims;
  }

  clear(reply: FastifyReply, name: string): void {
    this.set(reply, name, '', 0);
  }

  private async opened(request: FastifyRequest, name: string): Promise<Opened | undefined> {
    const value = parseCookie(request, this.nameOf(name));
    for (const { keyId, bytes } of value === undefined ? [] : keysFor(value, this.keys.current)) {
      try {
        return { claims: (await jwtDecrypt(value ?? '', bytes, { audience: name })).payload, keyId };
      } catch {
        // Of another key, changed or stale: nobody's.
      }
    }
    return undefined;
  }

  /** Under the active key; it ends when it would have. */
  private async renew(reply: FastifyReply, name: string, claims: JWTPayload): Promise<void> {
    const seconds = Math.floor((claims.exp ?? 0) - Date.now() / 1_000);
    if (seconds > 0) await this.seal(reply, name, claims, seconds);
  }

  private set(reply: FastifyReply, name: string, value: string, seconds: number): void {
    // A cookie that a neighbour or plain http cannot set lies at the root of its host (RFC 6265bis, section 4.1.3.2).
    const path = this.isSecure ? '/' : this.home || '/';
    const scope = { secure: this.isSecure, path: name === ID_TOKEN ? `${this.home}/sign-out` : path, seconds };
    setCookie(reply, this.nameOf(name), value, scope);
  }

  private nameOf(name: string): string {
    if (!this.isSecure) return name;
    return name === ID_TOKEN ? `__Secure-${name}` : `__Host-${name}`;
  }

  private encrypt(name: string, claims: JWTPayload, seconds: number): Promise<string> {
    const { keyId, bytes } = this.keys.current.active;
    return new EncryptJWT(claims)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keyId })
      .setAudience(name)
      .setExpirationTime(`${seconds} seconds`)
      .encrypt(bytes);
  }
}

function sessionOf({ sid, sub, account_id: account }: JWTPayload): CookieSession | undefined {
  const read = cookieSession.safeParse({ sessionId: sid, accountId: account, userId: sub });
  return read.success ? read.data : undefined;
}

/** The key that a cookie names. One of the release before names none: any may be its key. */
function keysFor(cookie: string, ring: LiveKeyRing['current']): readonly RingKey[] {
  const keyId = keyIdOf(cookie);
  return ring.keys.filter((key) => keyId === undefined || key.keyId === keyId);
}

function keyIdOf(cookie: string): string | undefined {
  try {
    return decodeProtectedHeader(cookie).kid;
  } catch {
    return undefined;
  }
}
