/** What made an archive; it stands on its pages for as long as it is kept. */
export const software = { name: 'Account Backups', version: '0.1.0' } as const;
