const named = document.querySelector<HTMLMetaElement>('meta[name="home"]')?.content ?? './';

/** Path below which the page lies: empty at the root of a host, else such as `/apps/backups`. The gateway writes it. */
export const home = new URL(named, location.origin).pathname.replace(/\/$/, '');
