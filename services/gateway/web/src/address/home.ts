const named = document.querySelector<HTMLMetaElement>('meta[name="home"]')?.content ?? './';

/** The path that the page is served under, from the gateway: empty at the root of a host, else like `/apps/backups`. */
export const home = new URL(named, location.origin).pathname.replace(/\/$/, '');
