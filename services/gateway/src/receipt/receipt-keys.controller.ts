import { Controller, Get } from '@nestjs/common';
import { ForAnyone } from '../identity/caller.guard.js';
import type { ListedKeys, PublishedKey } from '../api/replies.js';
import { ReceiptSigner } from './receipt-signer.js';

/** Open to anyone: an auditor who holds a receipt has no account here. */
@Controller('api/v1')
@ForAnyone()
export class ReceiptKeysController {
  constructor(private readonly signer: ReceiptSigner) {}

  @Get('receipt-key')
  publish(): PublishedKey {
    return this.signer.key;
  }

  @Get('receipt-keys')
  list(): ListedKeys {
    return { items: this.signer.keys };
  }
}
