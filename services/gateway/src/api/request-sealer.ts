import { createHash } from 'node:crypto';
import { sealPassword } from '@account-backups/password-seal';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type GatewayConfig } from '../config.js';
import type { RequestBody } from './backup-schemas.js';

/** Seals a password as soon as it arrives: from here on only the zip-builder can read it. */
@Injectable()
export class RequestSealer {
  constructor(@Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PASSWORD_SEAL_PUBLIC_KEY'>) {}

  seal(password: string, accountId: string): Promise<string> {
    return sealPassword(password, this.config.PASSWORD_SEAL_PUBLIC_KEY, accountId);
  }

  /** The same for equal requests of an account. Of a password it knows no more than that there is one. */
  fingerprint(body: RequestBody, accountId: string): string {
    const { facilityIds = [], orgUnitIds = [], ...options } = body;
    const request = [[...facilityIds].sort(), [...orgUnitIds].sort(), options.includeActive, options.includeInactive];
    const text = JSON.stringify([accountId, request, options.excludeSuperseded, Boolean(options.password)]);
    return createHash('sha256').update(text).digest('base64url');
  }
}
