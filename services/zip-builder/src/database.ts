import type { ServiceDatabase } from '@account-backups/database';
import { BuildEntity } from './build.entity.js';
import { CreateBuilds1795000000000 } from './migrations/1795000000000-create-builds.js';
import { KeepCounts1795300000000 } from './migrations/1795300000000-keep-counts.js';
import { SweepBuilds1795100000000 } from './migrations/1795100000000-sweep-builds.js';
import { SegmentEntity } from './segment.entity.js';

export const database: ServiceDatabase = {
  schema: 'zip_builder',
  entities: [BuildEntity, SegmentEntity],
  migrations: [CreateBuilds1795000000000, SweepBuilds1795100000000, KeepCounts1795300000000],
};
