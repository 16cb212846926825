import type { IncomingMessage } from 'node:http';

export interface ProxyRules {
  /** Before each call is forwarded. */
  latencyMs?: number;
  /** Every connection is cut. */
  isAway?: boolean;
  /** After how many bytes the answer to this call breaks off; undefined: never. */
  cutAfter?: (request: IncomingMessage) => number | undefined;
}

export interface StoreProxy {
  /** In the place of the store's. */
  readonly url: string;
  /** Method and path of each call so far. */
  readonly calls: readonly string[];
  readonly rules: ProxyRules;
  close(): void;
}

export function openStoreProxy(storeUrl: string, rules?: ProxyRules): Promise<StoreProxy>;
