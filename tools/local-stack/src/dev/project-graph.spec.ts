import { resolve } from 'node:path';
import { affectedProjects, readProjectGraph } from './project-graph.js';

const graph = new Map([
  ['libs/contracts', []],
  ['libs/database', ['libs/contracts']],
  ['libs/zip', []],
  ['services/backups', ['libs/database']],
  ['services/gateway', ['libs/contracts']],
  ['services/gateway/web', []],
]);

describe('affectedProjects', () => {
  it.each([
    ['a service', 'services/backups/src/main.ts', ['services/backups']],
    ['a library that nobody uses', 'libs/zip/src/index.ts', ['libs/zip']],
    ['a library between', 'libs/database/src/index.ts', ['libs/database', 'services/backups']],
    [
      'the library below all',
      'libs/contracts/src/a/b.ts',
      ['libs/contracts', 'libs/database', 'services/backups', 'services/gateway'],
    ],
    ['a project inside another', 'services/gateway/web/src/main.tsx', ['services/gateway/web']],
    ['no project', 'tsconfig.base.json', []],
  ])('follows a change in %s', (_where, file, projects) => {
    expect([...affectedProjects([file], graph)].toSorted()).toEqual(projects);
  });
});

describe('readProjectGraph', () => {
  it('reads what the projects of this checkout refer to', () => {
    const projects = readProjectGraph(resolve(import.meta.dirname, '../../../..'));
    expect(projects.get('services/backups')).toContain('libs/contracts');
    expect(projects.get('libs/contracts')).toEqual([]);
  });
});
