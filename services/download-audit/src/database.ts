import type { ServiceDatabase } from '@account-backups/database';
import { ChainEntity } from './rows/chain.entity.js';
import { LinkEntity } from './rows/link.entity.js';
import { NoteTransfers1795400000300 } from './migrations/1795400000300-note-transfers.js';
import { StartOnce1795500000300 } from './migrations/1795500000300-start-once.js';
import { TallyRanges1796400000300 } from './migrations/1796400000300-tally-ranges.js';
import { KeyChains1796500000300 } from './migrations/1796500000300-key-chains.js';
import { RecordEverything1796600000300 } from './migrations/1796600000300-record-everything.js';
import { FormerMacEntity } from './rows/former-mac.entity.js';
import { TallyEntity } from './rows/tally.entity.js';
import { TransferEntity } from './rows/transfer.entity.js';
import { CreateLinks1795000000300 } from './migrations/1795000000300-create-links.js';

export const database: ServiceDatabase = {
  schema: 'download_audit',
  entities: [LinkEntity, ChainEntity, TransferEntity, TallyEntity, FormerMacEntity],
  migrations: [
    CreateLinks1795000000300,
    NoteTransfers1795400000300,
    StartOnce1795500000300,
    TallyRanges1796400000300,
    KeyChains1796500000300,
    RecordEverything1796600000300,
  ],
};
