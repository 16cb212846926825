import type { FastifyReply, FastifyRequest } from 'fastify';

/** The value of a cookie (RFC 6265), or undefined. Nothing is decoded: ours consist of base64url and dots. */
export function parseCookie(request: FastifyRequest, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Sets an http-only cookie for `path` and everything below it; 0 seconds removes it. */
export function setCookie(
  reply: FastifyReply,
  name: string,
  value: string,
  { secure, path, seconds }: { readonly secure: boolean; readonly path: string; readonly seconds: number },
): void {
  const parts = [`${name}=${value}`, `Path=${path}`, `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Lax'];
  if (secure) parts.push('Secure');
  const earlier = reply.getHeader('set-cookie');
  const all = earlier === undefined ? [] : [earlier].flat().map(String);
  void reply.header('set-cookie', [...all, parts.join('; ')]);
}
