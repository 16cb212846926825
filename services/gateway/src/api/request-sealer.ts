import { createHash } from 'node:crypto';
import { sealPassword } from '@account-backups/password-seal';
import type { LiveKeyRing } from '@account-backups/service-kit/keys';
import { Inject, Injectable } from '@nestjs/common';
import { SEAL_KEYS } from '../config.js';
import type { RequestBody } from './backup-schemas.js';

/** Seals a password as soon as it arrives: from here on only the zip-builder can read it. */
@Injectable()
export class RequestSealer {
  constructor(@Inject(SEAL_KEYS) private readonly keys: Pick<LiveKeyRing, 'current'>) {}

  seal(password: string, backup: { readonly accountId: string; readonly backupId: string }): Promise<string> {
    return sealPassword(password, this.keys.current.active, backup);
  }

  /** The same for equal requests of an account. Of a password it knows no more than that there is one. */
  fingerprint(body: RequestBody, accountId: string): string {
    const { facilityIds = [], orgUnitIds = [], ...options } = body;
    const request = [[...facilityIds].sort(), [...orgUnitIds].sort(), options.includeActive, options.includeInactive];
    const text = JSON.stringify([accountId, request, options.excludeSuperseded, Boolean(options.password)]);
    return createHash('sha256').update(text).digest('base64url');
  }
}
