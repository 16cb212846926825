// What is broken on purpose, to see that the checker finds it.
import { auditDamages } from './audit.damages.js';
import { backupDamages } from './backup.damages.js';
import { contentDamages } from './content.damages.js';
import type { Damages } from './victim.js';

export const damages: Damages = { ...contentDamages, ...backupDamages, ...auditDamages };
