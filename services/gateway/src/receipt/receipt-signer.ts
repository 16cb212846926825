import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { SignedReceipt } from '@account-backups/contracts';
import {
  keyStatus,
  publicHalfOf,
  receiptKeyId,
  type KeyStatus,
  type LiveKeyRing,
} from '@account-backups/service-kit/keys';
import { Inject, Injectable } from '@nestjs/common';
import type { ListedKeys, PublishedKey } from '../api/replies.js';
import { RECEIPT_KEYS } from '../config.js';

type ListedKey = ListedKeys['items'][number];

/** Signs texts with Ed25519 (RFC 8032). A private key never leaves this class. */
@Injectable()
export class ReceiptSigner {
  constructor(@Inject(RECEIPT_KEYS) private readonly ring: Pick<LiveKeyRing, 'current'>) {}

  /** The public half that receipts are signed for now, and its id: the SHA-256 of its SPKI DER. */
  get key(): PublishedKey {
    return publicKeyOf(this.ring.current.active.bytes);
  }

  /** All that ever signed, as far as the ring knows them; of a retired one it has the public half alone. */
  get keys(): ListedKey[] {
    const { current } = this.ring;
    return current.keys.map((key) => {
      const status = keyStatus(current, key);
      return { ...publicKeyOf(key.bytes, status), status };
    });
  }

  sign(receipt: string): SignedReceipt {
    const { active } = this.ring.current;
    const privateKey = createPrivateKey({ key: active.bytes, type: 'pkcs8', format: 'der' });
    return {
      receipt,
      signature: sign(null, Buffer.from(receipt), privateKey).toString('base64'),
      ...publicKeyOf(active.bytes),
    };
  }
}

function publicKeyOf(bytes: Buffer, status: KeyStatus = 'active'): PublishedKey {
  const spki = status === 'retired' ? bytes : publicHalfOf(bytes);
  const publicKey = createPublicKey({ key: spki, type: 'spki', format: 'der' });
  return {
    algorithm: 'Ed25519',
    keyId: receiptKeyId(spki),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}
