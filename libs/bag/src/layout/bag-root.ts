const MAX_SLUG_LENGTH = 12;

interface BagRootParts {
  readonly accountId: string;
  readonly accountName: string;
  /** The instant the archive speaks for, ISO 8601. */
  readonly asAt: string;
  readonly backupId: string;
}

/** The bag's one top folder, `<account-slug>_<YYYYMMDDThhmmssZ>_<short-id>`: ASCII, at most 38 characters. */
export function bagRoot({ accountId, accountName, asAt, backupId }: BagRootParts): string {
  const slug = slugOf(accountName) || slugOf(accountId) || 'account';
  const stamp = new Date(asAt).toISOString().replace(/[-:]|\.\d+/g, '');
  const shortId =
    backupId
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 8)
      .toLowerCase() || '0';
  return `${slug}_${stamp}_${shortId}`;
}

function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (slug.length <= MAX_SLUG_LENGTH) return slug;
  const cut = slug.slice(0, MAX_SLUG_LENGTH + 1);
  const word = cut.lastIndexOf('-');
  return word >= 4 ? cut.slice(0, word) : slug.slice(0, MAX_SLUG_LENGTH);
}
