import { createHmac, createPrivateKey, createPublicKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { LiveKeyRing, RingKey } from '@account-backups/service-kit/keys';
import { Inject, Injectable } from '@nestjs/common';
import { checkpointText, parseCheckpoint, type Checkpoint } from '../notes/checkpoint.js';
import { signedNote, textOfNote, verifierKey, type NoteKey } from '../notes/signed-note.js';
import type { ChainHead } from '../rows/link.js';

/** Under which the key ring of the audit is injected. */
export const AUDIT_RING = Symbol('key ring of the audit');
/** Under which the name of this system is injected, as checkpoints say it. */
export const SYSTEM_NAME = Symbol('name of the system in checkpoints');

/** A code over something, under the key of that id; null for what was written before there were keys. */
export interface Mac {
  readonly keyId: string | null;
  readonly mac: string | null;
}

/** A link as its code says it: its hash binds everything else. */
export type MacedLink = ChainHead & { readonly accountId: string };

/** A head as its code says it; `brokenAt` is where it was once found that records before had been cut or replaced. */
export type MacedHead = MacedLink & { readonly brokenAt: number | null };

interface Derived {
  readonly macKey: Buffer;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** An Ed25519 private key in PKCS #8 DER, before its 32 bytes. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_BYTES = 32;

/** What only this service can write: codes of links and heads, and checkpoints. No key leaves it. */
@Injectable()
export class AuditKeys {
  readonly #derived = new WeakMap<RingKey, Derived>();
  readonly #ring: Pick<LiveKeyRing, 'current'>;

  constructor(
    @Inject(AUDIT_RING) ring: Pick<LiveKeyRing, 'current'>,
    @Inject(SYSTEM_NAME) private readonly systemName: string,
  ) {
    this.#ring = ring;
  }

  macOfLink(link: MacedLink): Mac {
    return this.mac(linkText(link));
  }

  isMacOfLink(link: MacedLink, mac: Mac): boolean {
    return this.holds(linkText(link), mac);
  }

  macOfHead(head: MacedHead): Mac {
    return this.mac(headText(head));
  }

  isMacOfHead(head: MacedHead, mac: Mac): boolean {
    return this.holds(headText(head), mac);
  }

  /** Whether this service wrote the head. A chain without links needs none. */
  isOwnHead(head: MacedHead & Mac): boolean {
    return head.sequence === 0 || this.isMacOfHead(head, head);
  }

  /** A signed note that states the head. */
  checkpoint(chainId: string, { sequence, hash }: ChainHead): string {
    return signedNote(checkpointText({ origin: this.originOf(chainId), sequence, hash }), this.noteKey());
  }

  /** What a note of this chain states; null unless a key of the ring has signed it. */
  read(chainId: string, note: string): Checkpoint | null {
    const publicKeys = this.#ring.current.keys.map((key) => this.derived(key).publicKey);
    const text = textOfNote(note, publicKeys);
    const checkpoint = text === null ? null : parseCheckpoint(text);
    // The system may have had another name.
    return checkpoint?.origin.endsWith(`/audit/${chainId}`) ? checkpoint : null;
  }

  verifier(): string {
    return verifierKey(this.noteKey());
  }

  private originOf(chainId: string): string {
    return `${this.systemName}/audit/${chainId}`;
  }

  private noteKey(): NoteKey {
    const { privateKey, publicKey } = this.derived(this.#ring.current.active);
    return { name: `${this.systemName}/audit`, privateKey, publicKey };
  }

  private mac(text: string): Mac {
    const { active } = this.#ring.current;
    return { keyId: active.keyId, mac: this.codeOf(text, active).toString('hex') };
  }

  private holds(text: string, { keyId, mac }: Mac): boolean {
    const key = keyId === null ? undefined : this.#ring.current.find(keyId);
    if (!key || mac === null) return false;
    const [code, said] = [this.codeOf(text, key), Buffer.from(mac, 'hex')];
    return code.length === said.length && timingSafeEqual(code, said);
  }

  private codeOf(text: string, key: RingKey): Buffer {
    return createHmac('sha256', this.derived(key).macKey).update(text).digest();
  }

  private derived(key: RingKey): Derived {
    const known = this.#derived.get(key);
    if (known) return known;
    const seed = derive(key, 'checkpoints');
    const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), type: 'pkcs8', format: 'der' });
    const made = { macKey: derive(key, 'links'), privateKey, publicKey: createPublicKey(privateKey) };
    this.#derived.set(key, made);
    return made;
  }
}

function derive({ bytes }: RingKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', bytes, '', `account-backups/audit/${purpose}/1`, KEY_BYTES));
}

function linkText({ accountId, sequence, hash }: MacedLink): string {
  return JSON.stringify(['link', accountId, sequence, hash]);
}

function headText({ accountId, sequence, hash, brokenAt }: MacedHead): string {
  return JSON.stringify(['head', accountId, sequence, hash, brokenAt]);
}
