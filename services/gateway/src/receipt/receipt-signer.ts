import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { SignedReceipt } from '@account-backups/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type GatewayConfig } from '../config.js';
import { receiptKey } from '../settings/receipt-key.js';

export type PublishedKey = Pick<SignedReceipt, 'algorithm' | 'keyId' | 'publicKey'>;

/** Signs texts with Ed25519 (RFC 8032). The private key never leaves this class. */
@Injectable()
export class ReceiptSigner {
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  constructor(@Inject(CONFIG) config: Pick<GatewayConfig, 'RECEIPT_SIGNING_KEY'>) {
    this.#privateKey = receiptKey(config.RECEIPT_SIGNING_KEY);
    this.#publicKey = createPublicKey(this.#privateKey);
  }

  /** The public half, and its id: the SHA-256 of its SPKI DER. */
  get key(): PublishedKey {
    const spki = this.#publicKey.export({ type: 'spki', format: 'der' });
    return {
      algorithm: 'Ed25519',
      keyId: createHash('sha256').update(spki).digest('hex'),
      publicKey: this.#publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
  }

  sign(receipt: string): SignedReceipt {
    return { receipt, signature: sign(null, Buffer.from(receipt), this.#privateKey).toString('base64'), ...this.key };
  }
}
