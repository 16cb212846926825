/** The path below which callers find the gateway: empty at the root of a host, else such as `/apps/backups`. */
export function publicPath({ PUBLIC_URL }: { readonly PUBLIC_URL: string }): string {
  return new URL(PUBLIC_URL).pathname.replace(/\/$/, '');
}

/** Whether callers reach the gateway over https. */
export function isSecure({ PUBLIC_URL }: { readonly PUBLIC_URL: string }): boolean {
  return PUBLIC_URL.startsWith('https:');
}
