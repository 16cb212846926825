import { applyTheme } from './theme.js';

/** Whether a host system shows this page in a frame. Which hosts may do so is in the policy that the gateway sends. */
export const framed = parent !== window;

/** Tells the host page what the person is looking at, so that it can keep that in its own address. */
export function tellHost(path: string): void {
  if (framed) parent.postMessage({ accountBackups: 'path', path }, '*');
}

/** Takes on the look of the host page whenever that changes. */
export function followHost(): void {
  addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (!framed || source !== parent || !isTheme(data)) return;
    applyTheme(new URLSearchParams(data.query));
  });
}

function isTheme(data: unknown): data is { readonly query: string } {
  if (typeof data !== 'object' || data === null || !('accountBackups' in data) || !('query' in data)) return false;
  return data.accountBackups === 'theme' && typeof data.query === 'string';
}
