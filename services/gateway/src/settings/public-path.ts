import type { GatewayConfig } from './config.js';

/** The path below which callers find the gateway: empty at the root of a host, else such as `/apps/backups`. */
export function publicPath({ PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>): string {
  return new URL(PUBLIC_URL).pathname.replace(/\/$/, '');
}
