import type { TokenBearer } from 'account-backups/system/local-token.js';

/** A system under a storm, as clients, checker and settling need it. */
export interface StormTarget {
  /** Base URLs of the gateways; a client picks one at random for each call. */
  readonly gateways: readonly string[];
  readonly subscriptions: readonly string[];
  /** Past all wires, as a superuser. */
  readonly databaseUrl: string;
  /** Past all wires. */
  readonly objectStoreUrl: string;
  /** Past all wires; without it the queues are not looked at. */
  readonly brokerUrl?: string;
  token(bearer: TokenBearer): Promise<string>;
  /** A tick now; may throw while faults are on. */
  scan(): Promise<void>;
  /** Whether a parked message is one that the faults put there; none is by default. */
  isOurPoison?(body: Buffer): boolean;
  /**
   * Whether a gateway died or stood still in that time (of `Date.now`): only then may the audit know less of a download
   * than its client does. Never by default.
   */
  gatewayFailed?(fromMs: number, toMs: number): boolean;
}
