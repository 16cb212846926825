// The rings of the system, and which services have them.
import type { ServiceName } from '@account-backups/contracts';
import { keyKinds, type KeyKind } from './key-kinds.js';

export const ringNames = ['seal', 'session', 'receipt', 'audit'] as const;
export type RingName = (typeof ringNames)[number];

/** A service that has a ring, under a setting; `isPublic`: the public halves alone. */
export interface RingPlace {
  readonly service: ServiceName;
  readonly setting: string;
  readonly kind: KeyKind;
  readonly isPublic: boolean;
}

const place = (service: ServiceName, setting: string, kind: KeyKind, isPublic = false): RingPlace => ({
  service,
  setting,
  kind,
  isPublic,
});

/** The first place has the whole keys; what others have is made of it. */
export const ringPlaces: Readonly<Record<RingName, readonly [RingPlace, ...RingPlace[]]>> = {
  seal: [
    place('zip-builder', 'SEAL_KEYS', keyKinds.sealPrivate),
    place('gateway', 'SEAL_KEYS', keyKinds.sealPublic, true),
  ],
  session: [place('gateway', 'SESSION_KEYS', keyKinds.secret)],
  receipt: [place('gateway', 'RECEIPT_KEYS', keyKinds.receipt)],
  audit: [place('download-audit', 'AUDIT_KEYS', keyKinds.secret)],
};
