import { randomBytes } from 'node:crypto';
import { KeyRing, RingKey } from '@account-backups/service-kit/keys';
import { AuditKeys } from './audit-keys.js';
import { ChainCheck, type KeptHead, type KeptLink } from './chain-check.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import { EMPTY_CHAIN, hashOf, linkAfter, type ChainHead } from '../rows/link.js';

const accountId = 'northfield';
const backupId = '11111111-1111-4111-8111-111111111111';
const key = (keyId: string) => new RingKey(keyId, randomBytes(32));
const first = key('first');
const ring = { current: new KeyRing([first]) };
const keys = new AuditKeys(ring, 'here');
const LENGTH = 6;

function linkOn(head: ChainHead, userName: string): KeptLink {
  const payload = { userName, ofBytes: 100 };
  const content = { accountId, at: new Date('2026-01-01T12:00:00.123Z'), kind: 'started' as const, payload };
  return kept(linkAfter(head, { ...content, backupId, downloadId: backupId, transferId: null }));
}

function kept(link: Omit<KeptLink, 'keyId' | 'mac' | 'microseconds' | 'payloadText'>): KeptLink {
  return { ...link, ...keys.macOfLink(link), microseconds: 0, payloadText: JSON.stringify(link.payload) };
}

function chainOf(names: readonly string[], from: ChainHead = EMPTY_CHAIN): KeptLink[] {
  const links: KeptLink[] = [];
  for (const name of names) links.push(linkOn(links.at(-1) ?? from, name));
  return links;
}

function headOf(links: readonly ChainHead[], brokenAt: number | null = null): KeptHead {
  const { sequence, hash } = links.at(-1) ?? EMPTY_CHAIN;
  const head = { accountId, sequence, hash, brokenAt };
  return { ...head, ...keys.macOfHead(head) };
}

/** As somebody who may write what they like, but has no key. */
function rehashed(links: readonly KeptLink[]): KeptLink[] {
  const forged: KeptLink[] = [];
  for (const [at, link] of links.entries()) {
    const previousHash = forged.at(-1)?.hash ?? EMPTY_CHAIN.hash;
    const moved = { ...link, sequence: at + 1, previousHash };
    forged.push({ ...moved, hash: hashOf(moved) });
  }
  return forged;
}

const renamed = (link: KeptLink, userName: string): KeptLink => {
  const payload = { ...link.payload, userName };
  return { ...link, payload, payloadText: JSON.stringify(payload) };
};
const checkpoint = (link: ChainHead): Checkpoint => ({ origin: 'here/audit/northfield', ...link });

function faultOf(links: readonly KeptLink[], head: KeptHead, checkpoints: readonly Checkpoint[] = []): number | null {
  const check = new ChainCheck({ keys, checkpoints });
  for (const find of [() => check.begin(), ...links.map((link) => () => check.take(link))]) {
    const fault = find();
    if (fault) return fault.sequence;
  }
  return check.end(head)?.sequence ?? null;
}

const links = chainOf(Array.from({ length: LENGTH }, (_, at) => `user ${at}`));
const head = headOf(links);
const [one, two, three, four] = links as [KeptLink, KeptLink, KeptLink, KeptLink];
const marks = [one, three, links[5] ?? one].map(checkpoint);

describe('a chain check', () => {
  it('finds nothing in what was written, and meets checkpoints of it', () => {
    expect(faultOf(links, head)).toBeNull();
    expect(faultOf(links, head, [...marks, checkpoint(EMPTY_CHAIN)])).toBeNull();
    expect(faultOf([], headOf([]))).toBeNull();
  });

  it('goes on when keys are rotated, as long as the earlier one is accepted', () => {
    ring.current = new KeyRing([key('second'), first]);
    expect(faultOf([...links, ...chainOf(['late'], head)], headOf([...links, ...chainOf(['late'], head)]))).toBeNull();
    ring.current = new KeyRing([key('third')]);
    expect(faultOf(links, head)).toBe(1);
    ring.current = new KeyRing([first]);
  });

  it.each<[string, number, readonly KeptLink[]]>([
    ['an edited record', 3, links.with(2, renamed(three, 'Nobody'))],
    ['a record that was removed', 3, links.toSpliced(2, 1)],
    ['two that changed places', 2, links.with(1, { ...three, sequence: 2 }).with(2, { ...two, sequence: 3 })],
    ['a time of 400 microseconds later', 4, links.with(3, { ...four, microseconds: 400 })],
    ['a time that is none', 4, links.with(3, { ...four, at: Infinity as unknown as Date })],
    [
      'a number that is spelt otherwise',
      2,
      links.with(1, { ...two, payloadText: '{"userName":"user 1","ofBytes":100.0}' }),
    ],
    ['a code of another record', 3, links.with(2, { ...three, mac: two.mac })],
    ['no code', 3, links.with(2, { ...three, keyId: null, mac: null })],
    ['all of it written anew from a record on', 3, rehashed(links.with(2, renamed(three, 'Nobody')))],
    ['all of it written anew, a record less', 2, rehashed(links.toSpliced(1, 1))],
  ])('names the record of %s', (_what, sequence, changed) => {
    expect(faultOf(changed, head)).toBe(sequence);
    const last = changed.at(-1) ?? EMPTY_CHAIN;
    expect(faultOf(changed, { ...head, sequence: last.sequence, hash: last.hash })).toBe(sequence);
    expect(faultOf(changed, head, marks)).toBe(sequence);
  });

  it('names the first that is missing where the end was cut, also with the head', () => {
    const cut = links.slice(0, 4);
    expect(faultOf(cut, head)).toBe(5);
    expect(faultOf(cut, { ...head, sequence: 4, hash: four.hash })).toBe(5);
    // A head that was kept from before.
    expect(faultOf(cut, headOf(cut), marks)).toBe(5);
  });

  it('names the first where all is gone', () => {
    expect(faultOf([], head)).toBe(1);
    expect(faultOf([], headOf([]), marks)).toBe(1);
  });

  it('names where a chain that was cut goes on', () => {
    const cut = [...links.slice(0, 4), ...chainOf(['new', 'newer'], four)];
    expect(faultOf(cut, headOf(cut, 5))).toBe(5);
    expect(faultOf(cut, headOf(cut), marks)).toBe(4);
    expect(faultOf(cut, headOf(cut), links.map(checkpoint))).toBe(5);
    const anew = chainOf(['new', 'newer']);
    expect(faultOf(anew, headOf(anew), marks)).toBe(1);
  });

  it('says which record the audit went on from, whatever is said of it', () => {
    const broken = headOf(links, 3);
    expect(faultOf(links, broken)).toBe(3);
    expect(faultOf(links, { ...broken, brokenAt: null })).toBe(7);
  });
});

describe('a checkpoint', () => {
  it('is read by the audit that signed it, under another name, too, and for its own chain alone', () => {
    const note = keys.checkpoint(accountId, three);
    expect(keys.read(accountId, note)).toEqual(checkpoint({ sequence: 3, hash: three.hash }));
    expect(new AuditKeys(ring, 'there').read(accountId, note)).not.toBeNull();
    expect(keys.read('field', note)).toBeNull();
    expect(new AuditKeys({ current: new KeyRing([key('first')]) }, 'here').read(accountId, note)).toBeNull();
  });
});
