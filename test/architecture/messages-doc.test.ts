import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messages, renderMessagesDoc } from '@account-backups/contracts';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');

describe('docs/messages.md', () => {
  it('says what the list of messages says; else run "npm run docs:messages"', async () => {
    const page = await readFile(join(root, 'docs/messages.md'), 'utf8');
    expect(page).toBe(renderMessagesDoc(messages));
  });

  it('names every message once', () => {
    const page = renderMessagesDoc(messages);
    const titles = page.split('\n').filter((line) => line.startsWith('### '));
    expect(titles.toSorted()).toEqual(
      Object.keys(messages)
        .map((name) => `### ${name}`)
        .toSorted(),
    );
  });

  it('shows owner, time-out and fields of a request', () => {
    const page = renderMessagesDoc({
      'backups.ask': {
        kind: 'request',
        about: 'Asks.',
        owner: 'backups',
        payload: z.strictObject({ size: z.number(), note: z.string().optional(), kinds: z.array(z.enum(['a', 'b'])) }),
        reply: z.strictObject({ at: z.iso.datetime().nullable(), why: z.string().nullable() }),
        timeoutMs: 1_500,
      },
    });
    expect(page).toContain(
      [
        '### backups.ask\n\nAsks.\n',
        '- handled by: backups',
        '- time-out: 1.5 s',
        '- payload: `{ size: number, note?: string, kinds: ("a" | "b")[] }`',
        '- reply: `{ at: instant | null, why: string | null }`',
      ].join('\n'),
    );
  });

  it('shows from whom to whom a fact goes', () => {
    const page = renderMessagesDoc({
      'thing.happened': {
        kind: 'fact',
        about: 'So.',
        owner: 'zip-builder',
        handledBy: ['backups'],
        payload: z.strictObject({}),
      },
    });
    expect(page).toContain('- from: zip-builder\n- handled by: backups\n- payload: `{}`');
  });
});
