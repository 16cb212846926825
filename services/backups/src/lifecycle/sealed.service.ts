import type { Payload, Reply } from '@account-backups/contracts';
import { sealKeyId } from '@account-backups/password-seal';
import { Injectable } from '@nestjs/common';
import { SealedRepository } from '../rows/sealed.repository.js';

/** What an operator asks before a key is retired. */
@Injectable()
export class SealedService {
  constructor(private readonly sealed: SealedRepository) {}

  async count({ keyId }: Payload<'backups.count-sealed'>): Promise<Reply<'backups.count-sealed'>> {
    let count = 0;
    for await (const page of this.sealed.all()) count += page.filter((seal) => needs(seal, keyId)).length;
    return { count };
  }
}

/** A seal of the release before does not say which key it needs. */
function needs(seal: string, keyId: string): boolean {
  return (sealKeyId(seal) ?? keyId) === keyId;
}
