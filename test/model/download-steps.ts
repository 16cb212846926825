import fc from 'fast-check';
import { sees, type KnownAccount, type Link } from './account-rules.js';
import { expectRefusal, pick, step, user, USERS, which, type Act, type RealAccount } from './walk-step.js';

const ranges = {
  none: { method: 'GET', range: null, status: 200 },
  first: { method: 'GET', range: 'bytes=0-3', status: 206 },
  last: { method: 'GET', range: 'bytes=-4', status: 206 },
  beyond: { method: 'GET', range: 'bytes=99999999-', status: 416 },
  head: { method: 'HEAD', range: null, status: 200 },
} as const;
const way = fc.constantFrom(...(Object.keys(ranges) as (keyof typeof ranges)[]));

export const downloadSteps = [
  fc.record({ user, which }).map((one) => step(`download ${JSON.stringify(one)}`, downloading(one))),
  fc.record({ user, which, way }).map((one) => step(`resume ${JSON.stringify(one)}`, resuming(one))),
];

interface One {
  readonly user: string;
  readonly which: number;
}

function downloading({ user: userId, which: at }: One): Act {
  return async (known, real) => {
    const backup = pick(known.backups, at);
    if (!backup) return;
    const person = await real.person(userId);
    const path = `/api/v1/backups/${backup.backupId}/downloads`;
    const begun = await person.post<{ url: string; downloadId: string; code?: string }>(path);
    const history = await person.get<{ items: { user: { userId: string } }[]; code?: string }>(path);
    if (!sees(known, userId, backup)) {
      expectRefusal(history, 'NOT_FOUND');
      return expectRefusal(begun, 'NOT_FOUND');
    }
    expect(history.status).toBe(200);
    if (backup.status !== 'completed') return expectRefusal(begun, 'BACKUP_NOT_COMPLETED');
    expect(begun.status).toBe(201);
    backup.takers.add(userId);
    expect(new Set(history.body.items.map((item) => item.user.userId))).toEqual(backup.takers);
    const { url, downloadId } = begun.body;
    known.links.push({ userId, backup, url, downloadId });
    for (const other of USERS) await follow(known, real, { user: other, link: known.links.length - 1, way: 'first' });
  };
}

/** An earlier link works only for the person who began the download, and only while they can see the backup. */
function resuming({ user: userId, which: at, way: name }: One & { readonly way: keyof typeof ranges }): Act {
  return async (known, real) => {
    const link = pick(known.links, at);
    if (!link) return;
    const position = known.links.indexOf(link);
    await follow(known, real, { user: userId, link: position, way: name });
    await follow(known, real, { user: link.userId, link: position, way: name });
  };
}

interface Follow {
  readonly user: string;
  readonly link: number;
  readonly way: keyof typeof ranges;
}

async function follow(known: KnownAccount, real: RealAccount, { user: userId, link: at, way: name }: Follow) {
  const link = known.links[at];
  if (!link) return;
  const { method, range, status } = ranges[name];
  const { token } = await real.person(userId);
  const headers = { authorization: `Bearer ${token}`, ...(range !== null && { range }) };
  const answer = await fetch(link.url, { method, headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (!mayFollow(known, userId, link)) {
    real.heard.push({ userId, text: bytes.toString('latin1') });
    return expect([401, 404]).toContain(answer.status);
  }
  expect(answer.status).toBe(status);
  if (name === 'first') expect(bytes.toString('latin1')).toBe('PK\u0003\u0004');
}

export function mayFollow(known: KnownAccount, userId: string, link: Link): boolean {
  return link.userId === userId && sees(known, userId, link.backup);
}
