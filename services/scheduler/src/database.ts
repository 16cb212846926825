import type { ServiceDatabase } from '@account-backups/database';
import { CreateTicks1795000000200 } from './migrations/1795000000200-create-ticks.js';
import { SweepEntity } from './sweep.entity.js';
import { TickEntity } from './tick.entity.js';

export const database: ServiceDatabase = {
  schema: 'scheduler',
  entities: [TickEntity, SweepEntity],
  migrations: [CreateTicks1795000000200],
};
