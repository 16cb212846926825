import { duration } from '@account-backups/contracts';
import {
  httpSettings,
  keyRing,
  keyRingFile,
  limitSettings,
  objectStoreSettings,
  serviceSettings,
} from '@account-backups/service-kit';
import { z } from 'zod';
import { isClientKey } from './settings/client-key.js';
import { CLIENT_AUTHS } from './settings/client-settings.js';

const CLIENT_KEY_EXPECTED =
  'expected PKCS #8 PEM of an unencrypted private key: RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519';

const sessionTime = duration.pipe(z.number().max(34_560_000, 'expected at most 400d'));

export const settings = {
  ...serviceSettings,
  ...httpSettings,
  ...objectStoreSettings,
  /** May have a path, such as https://qms.example/apps/backups, which a proxy in front may pass on or strip. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/^https?:\/\/[^/?#@]+(\/[\w.~-]+)*\/?$/, 'expected an address with at most a plain path')
    .transform((url) => url.replace(/\/$/, '')),
  OIDC_CLIENT_ID: z.string().min(1),
  /** Unset: what the issuer offers of what the secret and the key allow. */
  OIDC_CLIENT_AUTH: z.enum(CLIENT_AUTHS).optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** PKCS #8 PEM. */
  OIDC_CLIENT_KEY: z.string().refine(isClientKey, CLIENT_KEY_EXPECTED).optional(),
  /** Of 32 random bytes each. */
  SESSION_KEYS: keyRing('secret'),
  SESSION_KEYS_FILE: keyRingFile,
  /** How long a session lasts without being used, and at most. */
  SESSION_IDLE: sessionTime.default(1_800),
  SESSION_MAX: sessionTime.default(28_800),
  /** Public halves. */
  SEAL_KEYS: keyRing('sealPublic'),
  SEAL_KEYS_FILE: keyRingFile,
  RECEIPT_KEYS: keyRing('receipt'),
  RECEIPT_KEYS_FILE: keyRingFile,
  RENEW_URL: z.url({ protocol: /^(https?|mailto)$/ }).default('mailto:sales@account-backups.example'),
  /** Sources (CSP) that may show the page in a frame, such as "'self' https://qms.example". */
  FRAME_ANCESTORS: z
    .string()
    .regex(/^[^;,]+$/, 'expected CSP sources parted by spaces')
    .default("'self'"),
  ...limitSettings,
  /** Of one content. A store takes up to 78 GiB at once. */
  FILE_SIZE_LIMIT_MIB: z.coerce.number().int().min(1).max(79_000).default(65_536),
  EVENT_STREAMS_PER_PERSON: z.coerce.number().int().min(1).default(10),
  EVENT_STREAMS_PER_ACCOUNT: z.coerce.number().int().min(1).default(500),
};

export type GatewayConfig = z.output<z.ZodObject<typeof settings>>;

/** Under which the configuration is injected. */
export const CONFIG = Symbol('gateway configuration');
/** Under which the rings are that seal passwords, encrypt cookies and sign receipts. */
export const SEAL_KEYS = Symbol('seal keys');
export const SESSION_KEYS = Symbol('session keys');
export const RECEIPT_KEYS = Symbol('receipt keys');
