import { Controller, Get, Header } from '@nestjs/common';
import { ForAnyone } from '../identity/caller.guard.js';
import { ReceiptSigner, type PublishedKey } from './receipt-signer.js';

/** Open to anyone: an auditor who holds a receipt has no account here. */
@Controller('api/v1/receipt-key')
@ForAnyone()
export class ReceiptKeyController {
  constructor(private readonly signer: ReceiptSigner) {}

  @Get()
  @Header('cache-control', 'public, max-age=300')
  publish(): PublishedKey {
    return this.signer.key;
  }
}
