import type { SignedReceipt } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { idOf } from '../api/backup-schemas.js';
import type { Person } from '../identity/caller.js';
import { CurrentPerson, ForPersons } from '../identity/caller.guard.js';
import { ReceiptSigner } from './receipt-signer.js';
import { receiptText } from './receipt-text.js';

@Controller('api/v1/backups/:backupId/receipt')
@ForPersons()
export class ReceiptController {
  constructor(
    private readonly bus: Bus,
    private readonly signer: ReceiptSigner,
  ) {}

  /** For whoever may see the backup now; the archive itself may have expired. */
  @Get()
  @Header('cache-control', 'private, no-store')
  async issue(@CurrentPerson() { accountId, userId }: Person, @Param() params: unknown): Promise<SignedReceipt> {
    const record = await this.bus.request('backups.get-record', { accountId, userId, ...idOf(params) });
    const chainHead = await this.bus.request('downloads.get-chain-head', { accountId });
    return this.signer.sign(receiptText({ record, chainHead }));
  }
}
