import { z } from 'zod';
import { pageOf, pageRequest } from '../backups.js';
import { hostId, instant, ownId, text } from '../ids.js';
import { caller } from '../trail.js';
import { request, signal } from './message-kinds.js';

const who = { accountId: hostId, userId: hostId };

/** A session that holds, as its person sees it. */
export const sessionView = z.strictObject({
  sessionId: ownId,
  startedAt: instant,
  lastSeenAt: instant,
  ipAddress: z.string(),
  userAgent: z.string(),
});

/** Cookies last no longer than 400 days. */
const lifetime = z.number().int().min(1).max(34_560_000);
const batch = 1_000;

export const sessionsMessages = {
  'sessions.begin': request({
    about: 'Begins the session of an active user. USER_UNKNOWN for anybody else.',
    owner: 'permissions',
    payload: z.strictObject({
      ...who,
      /** The sender's choice, so that the same message twice is one session. */
      sessionId: ownId,
      /** How long it lasts without being used, and at most. */
      idleSeconds: lifetime,
      maxSeconds: lifetime,
      ipAddress: z.string().max(64),
      userAgent: z.string().max(500),
      /** Who signed the person in, as what, and what the issuer calls its own session where it says so. */
      issuer: z.string().max(2_000),
      issuerSubject: text(1_000),
      issuerSession: text(1_000).nullable(),
    }),
    reply: z.strictObject({}),
  }),
  'sessions.check': request({
    about: 'Which sessions and tokens still hold, in the order asked. To use a session puts off its end.',
    owner: 'permissions',
    payload: z.strictObject({
      sessions: z.array(z.strictObject({ sessionId: ownId, isUsed: z.boolean() })).max(batch),
      tokens: z.array(z.strictObject({ ...who, issuedAt: instant })).max(batch),
    }),
    reply: z.strictObject({ sessions: z.array(z.boolean()), tokens: z.array(z.boolean()) }),
  }),
  'sessions.list': request({
    about: 'The sessions of a person that hold, newest first.',
    owner: 'permissions',
    payload: z.strictObject({ ...who, ...pageRequest }),
    reply: pageOf(sessionView),
  }),
  'sessions.end': request({
    about: 'Ends a session of a person. NOT_FOUND for one of somebody else; one that has ended stays as it is.',
    owner: 'permissions',
    payload: z.strictObject({ ...who, sessionId: ownId, calledBy: caller.optional() }),
    reply: z.strictObject({}),
  }),
  'sessions.end-others': request({
    about: 'Ends all sessions of a person but one.',
    owner: 'permissions',
    payload: z.strictObject({ ...who, keptSessionId: ownId.nullable(), calledBy: caller.optional() }),
    reply: z.strictObject({}),
  }),
  'sessions.end-by-issuer': request({
    about: 'Ends what an issuer signed out: its session, or all of a person. Once for each of its tokens.',
    owner: 'permissions',
    payload: z.strictObject({
      issuer: z.string().max(2_000),
      issuerSubject: text(1_000).nullable(),
      issuerSession: text(1_000).nullable(),
      tokenId: text(1_000),
      /** The sender's choice, so that the same message twice is one. */
      requestId: ownId,
    }),
    /** False for a token that was taken before: then nothing happened. */
    reply: z.strictObject({ isNew: z.boolean() }),
  }),
  'session.ended': signal({
    about: 'Sessions of a person ended, or of several people of an account (`userId` null): ask again.',
    owner: 'permissions',
    handledBy: ['gateway'],
    payload: z.strictObject({ accountId: hostId, userId: hostId.nullable() }),
  }),
};
