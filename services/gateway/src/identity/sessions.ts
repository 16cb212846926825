import { hostId } from '@account-backups/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EncryptJWT, jwtDecrypt, type JWTPayload } from 'jose';
import { parseCookie, setCookie } from '../http/cookies.js';
import { CONFIG, type GatewayConfig } from '../config.js';
import { publicPath } from '../settings/public-path.js';
import { BACKUPS_SCOPE, type Person } from './caller.js';
import type { SignedIn } from './sign-in.service.js';

/** The cookie of a signed-in person. */
export const SESSION = 'account_backups_session';
const SESSION_SECONDS = 8 * 3_600;
const ID_TOKEN = 'account_backups_id_token';
/** Browsers take cookies of 4,096 bytes, name and attributes included. */
const MAX_COOKIE_LENGTH = 3_900;

type SessionsConfig = Pick<GatewayConfig, 'SESSION_KEY' | 'PUBLIC_URL'>;

/**
 * Sessions without a store: who signed in, encrypted (JWE, A256GCM) in an http-only cookie. It holds no rights; those
 * are looked up at each request.
 */
@Injectable()
export class Sessions {
  private readonly key: Uint8Array;
  private readonly scope: { readonly secure: boolean; readonly path: string };
  private readonly signOutScope: Sessions['scope'];

  constructor(@Inject(CONFIG) config: SessionsConfig) {
    this.key = Buffer.from(config.SESSION_KEY, 'base64');
    this.scope = { secure: config.PUBLIC_URL.startsWith('https:'), path: publicPath(config) || '/' };
    this.signOutScope = { ...this.scope, path: `${publicPath(config)}/sign-out` };
  }

  /** The signed-in person, or undefined. A stale or altered cookie counts as none. */
  async read(request: FastifyRequest): Promise<Person | undefined> {
    const claims = await this.open(request, SESSION);
    const { sub: userId, account_id: accountId } = claims ?? {};
    if (!hostId.safeParse(userId).success || !hostId.safeParse(accountId).success) return undefined;
    return {
      kind: 'person',
      userId: String(userId),
      accountId: String(accountId),
      scopes: new Set([BACKUPS_SCOPE]),
      by: 'session',
    };
  }

  async begin(reply: FastifyReply, { userId, accountId, idToken }: SignedIn): Promise<void> {
    const hint = idToken === undefined ? '' : await this.encrypt(ID_TOKEN, { idToken }, SESSION_SECONDS);
    // The issuer can do without it; that of somebody who was here before must not stay.
    const kept = hint.length > MAX_COOKIE_LENGTH ? '' : hint;
    setCookie(reply, ID_TOKEN, kept, { ...this.signOutScope, seconds: kept === '' ? 0 : SESSION_SECONDS });
    await this.seal(reply, SESSION, { sub: userId, account_id: accountId }, SESSION_SECONDS);
  }

  /** The ID token of the session, where it was short enough for a cookie. The browser sends it to sign out alone. */
  async idToken(request: FastifyRequest): Promise<string | undefined> {
    const token = (await this.open(request, ID_TOKEN))?.['idToken'];
    return typeof token === 'string' ? token : undefined;
  }

  end(reply: FastifyReply): void {
    this.clear(reply, SESSION);
    setCookie(reply, ID_TOKEN, '', { ...this.signOutScope, seconds: 0 });
  }

  /** Puts claims into an encrypted http-only cookie for some seconds. */
  async seal(reply: FastifyReply, name: string, claims: JWTPayload, seconds: number): Promise<void> {
    setCookie(reply, name, await this.encrypt(name, claims, seconds), { ...this.scope, seconds });
  }

  /** The claims of a cookie that `seal` made and that has not expired; else undefined. */
  async open(request: FastifyRequest, name: string): Promise<JWTPayload | undefined> {
    const value = parseCookie(request, name);
    if (value === undefined) return undefined;
    try {
      return (await jwtDecrypt(value, this.key, { audience: name })).payload;
    } catch {
      return undefined;
    }
  }

  clear(reply: FastifyReply, name: string): void {
    setCookie(reply, name, '', { ...this.scope, seconds: 0 });
  }

  private encrypt(name: string, claims: JWTPayload, seconds: number): Promise<string> {
    return new EncryptJWT(claims)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(name)
      .setExpirationTime(`${seconds} seconds`)
      .encrypt(this.key);
  }
}
