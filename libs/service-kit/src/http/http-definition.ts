import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** How a service answers callers over HTTP. */
export interface HttpDefinition {
  readonly port: number;
  /** The address of this machine to listen on. */
  readonly host: string;
  /** Largest JSON body in bytes. */
  readonly bodyLimit: number;
  /** How many proxies in front may name the caller's address. */
  readonly trustedProxies?: number;
  /** Path below which callers find the service, such as `/apps/backups`. Addresses without it work too. */
  readonly publicPath?: string;
  /** Callers reach it over https and are told to keep to that (HSTS, RFC 6797). */
  readonly onlyHttps?: boolean;
  /** Adds plugins and settings before routes are made. */
  configure?(app: NestFastifyApplication): Promise<void>;
}
