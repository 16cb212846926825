import { ADMINISTRATION_EDITOR } from '@account-backups/contracts';
import type { DemoAccount } from '../demo-account.js';

const person = (userId: string, name: string, more: object = {}) => ({
  userId,
  name,
  email: `${userId}@harbour.example`,
  active: true,
  siteAdmin: false,
  facilityAdminOf: [],
  ...more,
});

export const harbourDirectory: DemoAccount['directory'] = {
  name: 'Harbour Water Analysis',
  timeZone: 'Europe/Lisbon',
  facilities: [],
  orgUnits: [
    { orgUnitId: 'laboratory', name: 'Laboratório' },
    { orgUnitId: 'sampling', name: 'Amostragem', parentOrgUnitId: 'laboratory' },
    { orgUnitId: 'quality', name: 'Qualidade' },
  ],
  roles: [{ roleId: 'reader', name: 'Leitor', permissions: ['Documents:View'] }],
  users: [
    person('iris', 'Íris Carvalho', { siteAdmin: true }),
    person('jonas', 'Jonas Petersen'),
    person('rui', 'Rui Gonçalves'),
    person('beatriz', 'Beatriz Antunes', { active: false }),
  ],
  userGroups: [
    {
      userGroupId: 'laboratory-office',
      name: 'Secretaria do laboratório',
      memberIds: ['jonas'],
      grants: [{ roleId: ADMINISTRATION_EDITOR, orgUnitIds: ['laboratory'], includeSubUnits: true }],
    },
    {
      userGroupId: 'everybody',
      name: 'Todos',
      memberIds: ['jonas', 'rui'],
      grants: [{ roleId: 'reader', orgUnitIds: ['laboratory', 'sampling', 'quality'] }],
    },
  ],
};
