/** The part of an address below `path`; unchanged where a proxy in front has stripped the path already. */
export function addressBelow(path: string, address: string): string {
  if (path === '' || !address.startsWith(path)) return address;
  const rest = address.slice(path.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : address;
}
