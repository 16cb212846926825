import type { ServiceDatabase } from '@account-backups/database';
import { BuildEntity } from './builds/build.entity.js';
import { CreateBuilds1795000000000 } from './migrations/1795000000000-create-builds.js';
import { KeepCounts1795300000000 } from './migrations/1795300000000-keep-counts.js';
import { SweepBuilds1795100000000 } from './migrations/1795100000000-sweep-builds.js';
import { SweepStore1795400000000 } from './migrations/1795400000000-sweep-store.js';
import { NoteWaiting1795500000000 } from './migrations/1795500000000-note-waiting.js';
import { StoreSweepEntity } from './builds/store-sweep.entity.js';
import { SegmentEntity } from './builds/segment.entity.js';

export const database: ServiceDatabase = {
  schema: 'zip_builder',
  entities: [BuildEntity, SegmentEntity, StoreSweepEntity],
  migrations: [
    CreateBuilds1795000000000,
    SweepBuilds1795100000000,
    KeepCounts1795300000000,
    SweepStore1795400000000,
    NoteWaiting1795500000000,
  ],
};
