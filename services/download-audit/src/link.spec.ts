import fc from 'fast-check';
import { ChainCheck, type ChainFault } from './chain-check.js';
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

function faultOf(links: readonly Link[], head: ChainHead): ChainFault | null {
  const check = new ChainCheck();
  for (const link of links) {
    const fault = check.take(link);
    if (fault) return fault;
  }
  return check.end(head);
}

const chain = chainOf(5);
const head = chain.at(-1) ?? EMPTY_CHAIN;
const rehashed = (link: Link): Link => ({ ...link, hash: hashOf(link) });

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

describe('ChainCheck', () => {
  it('finds nothing wrong with a chain as it was written, nor with an empty one', () => {
    expect(faultOf(chain, head)).toBeNull();
    expect(faultOf([], EMPTY_CHAIN)).toBeNull();
  });

  it('finds an edited link', () => {
    const edited = chain.map((link) => (link.sequence === 3 ? { ...link, payload: { bytesSent: 0 } } : link));
    expect(faultOf(edited, head)).toMatchObject({ sequence: 3 });
  });

  it('finds an edited link whose hash was made to fit', () => {
    const edited = chain.map((link) => (link.sequence === 3 ? rehashed({ ...link, payload: {} }) : link));
    expect(faultOf(edited, head)).toMatchObject({ sequence: 4 });
  });

  it('finds the last link edited and its hash made to fit', () => {
    const edited = chain.map((link) => (link.sequence === 5 ? rehashed({ ...link, payload: {} }) : link));
    expect(faultOf(edited, head)).toMatchObject({ sequence: 5 });
  });

  it('finds a removed link', () => {
    expect(faultOf(chain.toSpliced(1, 1), head)).toMatchObject({ sequence: 2 });
  });

  it('finds a removed link where the others moved up', () => {
    const moved = chain.toSpliced(1, 1).map((link, at) => rehashed({ ...link, sequence: at + 1 }));
    expect(faultOf(moved, head)).toMatchObject({ sequence: 2 });
  });

  it('finds two links that changed places', () => {
    const places = [1, 3, 2, 4, 5];
    const reordered = places.map((place, at) => ({ ...chain[place - 1], sequence: at + 1 })) as Link[];
    expect(faultOf(reordered, head)).toMatchObject({ sequence: 2 });
  });

  it('finds an end that was cut off, and one that was added', () => {
    expect(faultOf(chain.slice(0, 3), head)).toMatchObject({ sequence: 4 });
    expect(faultOf(chainOf(6), head)).toMatchObject({ sequence: 6 });
  });

  it('finds a chain of which nothing is left', () => {
    expect(faultOf([], head)).toMatchObject({ sequence: 1 });
  });
});
