import fc from 'fast-check';
import { canonicalJson, EMPTY_CHAIN, hashOf, linkAfter, type ChainHead, type Link } from './link.js';

const content = (nth: number) => ({
  accountId: 'northfield',
  at: new Date(1_800_000_000_000 + nth),
  kind: 'range_ended' as const,
  backupId: '00000000-0000-4000-8000-000000000001',
  downloadId: '00000000-0000-4000-8000-000000000002',
  transferId: '00000000-0000-4000-8000-000000000003',
  payload: { bytesSent: nth },
});

function chainOf(length: number): Link[] {
  const chain: Link[] = [];
  let head: ChainHead = EMPTY_CHAIN;
  for (let nth = 1; nth <= length; nth++) {
    const link = linkAfter(head, content(nth));
    chain.push(link);
    head = link;
  }
  return chain;
}

const chain = chainOf(5);

describe('canonicalJson', () => {
  it('is one text whatever order the names came in', () => {
    const key = fc.string({ maxLength: 3 }).filter((name) => name !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true }), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('hashOf', () => {
  it('stays what it was when the first chains were written', () => {
    expect(chain[0]?.hash).toBe('c05c6d01b7fa190b089d19e75c7f707926dc023e81b49d3f458755b4ec3156f6');
  });

  it('has one form for links of no download', () => {
    const recorded = { kind: 'recorded' as const, backupId: null, downloadId: null, transferId: null };
    const [link] = chain;
    const hash = link && hashOf({ ...link, ...recorded });
    expect(hash).toBe('ccbf434bc9cf18b367d89f68315e01b8c3a00a183e439ef77826d20ed260b7d2');
  });

  it.each([
    { accountId: 'harbour' },
    { sequence: 2 },
    { at: new Date(0) },
    { kind: 'range_begun' as const },
    { backupId: 'x' },
    { downloadId: 'x' },
    { transferId: null },
    { payload: { bytesSent: 2 } },
    { previousHash: 'x' },
  ])('covers %j', (change) => {
    const [link] = chain;
    expect(link && hashOf({ ...link, ...change })).not.toBe(link?.hash);
  });
});
