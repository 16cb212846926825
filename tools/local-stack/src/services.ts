// The one list of programs that make a local system, and what each may know.
import { serviceNames, type ServiceName } from '@account-backups/contracts';

type ProgramName = ServiceName | 'local-issuer';

const RINGS = ['AUDIT_KEYS', 'RECEIPT_KEYS', 'SEAL_KEYS', 'SESSION_KEYS'] as const;

/** A secret reaches only the programs named here; every other setting reaches all. */
export const secretNames = [
  'DATABASE_URL',
  'DEMO_PASSWORD',
  'OBJECT_STORE_URL',
  'OIDC_CLIENT_KEY',
  'OIDC_CLIENT_SECRET',
  ...RINGS,
] as const;
export type SecretName = (typeof secretNames)[number];

/** A ring comes as a file, which the command `keys` changes while the programs run. */
export function isRing(name: SecretName): name is (typeof RINGS)[number] {
  return RINGS.some((ring) => ring === name);
}

export interface SystemProgram {
  readonly name: ProgramName;
  /** Below the checkout. */
  readonly main: string;
  readonly secrets: readonly SecretName[];
  /** Which HTTP port it opens for callers, if any. */
  readonly door?: 'gatewayPort' | 'subscriptionsPort' | 'issuerPort';
}

const secrets: Readonly<Record<ServiceName, readonly SecretName[]>> = {
  gateway: ['OBJECT_STORE_URL', 'OIDC_CLIENT_KEY', 'OIDC_CLIENT_SECRET', 'RECEIPT_KEYS', 'SEAL_KEYS', 'SESSION_KEYS'],
  subscriptions: ['DATABASE_URL'],
  permissions: ['DATABASE_URL'],
  documents: ['DATABASE_URL'],
  backups: ['DATABASE_URL'],
  'zip-builder': ['DATABASE_URL', 'OBJECT_STORE_URL', 'SEAL_KEYS'],
  'download-audit': ['AUDIT_KEYS', 'DATABASE_URL', 'OBJECT_STORE_URL'],
  scheduler: ['DATABASE_URL'],
};

const doors: Partial<Readonly<Record<ServiceName, SystemProgram['door']>>> = {
  gateway: 'gatewayPort',
  subscriptions: 'subscriptionsPort',
};

const services: readonly SystemProgram[] = serviceNames.map((name) => ({
  name,
  main: `services/${name}/dist/main.js`,
  secrets: secrets[name],
  ...(doors[name] && { door: doors[name] }),
}));

const localIssuer: SystemProgram = {
  name: 'local-issuer',
  main: 'tools/local-issuer/dist/main.js',
  secrets: ['DEMO_PASSWORD', 'OIDC_CLIENT_SECRET'],
  door: 'issuerPort',
};

const FIRST_DEBUGGER_PORT = 9230;

/** Where a debugger finds a program that runs with `--inspect`; `.vscode/launch.json` names the same ports. */
export function debuggerPort(name: ProgramName): number {
  return FIRST_DEBUGGER_PORT + systemPrograms({ withIssuer: true }).findIndex((program) => program.name === name);
}

/** The programs of a system; with an issuer from elsewhere, ours is left out. */
export function systemPrograms({ withIssuer }: { readonly withIssuer: boolean }): readonly SystemProgram[] {
  return withIssuer ? [...services, localIssuer] : services;
}

/** Whether people or programs outside talk to it. */
export function isDoor(name: string): boolean {
  return systemPrograms({ withIssuer: true }).some((program) => program.name === name && program.door !== undefined);
}
