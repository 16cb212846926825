import type { MessageDefinition } from '@account-backups/contracts';
import { z } from 'zod';
import { intakesOf, queues, retryDelaysMs } from './topology.js';

const about = 'A message of these tests.';
const payload = z.strictObject({});
const list = {
  'desk.ask': { kind: 'request', about, owner: 'documents', payload, reply: payload, timeoutMs: 1_000 },
  'desk.work': { kind: 'job', about, owner: 'documents', payload, concurrency: 3 },
  'desk.told': { kind: 'fact', about, owner: 'backups', payload, handledBy: ['documents', 'permissions'] },
  'desk.also-told': { kind: 'fact', about, owner: 'backups', payload, handledBy: ['documents'] },
  'desk.hint': { kind: 'signal', about, owner: 'backups', payload, handledBy: ['documents'] },
} as const satisfies Record<string, MessageDefinition>;

describe('the intakes of a service', () => {
  it('are one queue for requests, for facts and for its own signals, and one for each job', () => {
    expect(intakesOf('documents', list, 'p1')).toEqual([
      { queue: 'documents.requests.v2', kind: 'request', names: ['desk.ask'], prefetch: 64 },
      { queue: 'documents.facts', kind: 'fact', names: ['desk.told', 'desk.also-told'], prefetch: 16 },
      { queue: 'documents.signals.p1', kind: 'signal', names: ['desk.hint'], prefetch: 64 },
      { queue: 'documents.desk.work', kind: 'job', names: ['desk.work'], prefetch: 3 },
    ]);
  });

  it('leave out what it does not handle', () => {
    expect(intakesOf('permissions', list, 'p1').map(({ queue }) => queue)).toEqual(['permissions.facts']);
    expect(intakesOf('backups', list, 'p1')).toEqual([]);
  });
});

// A queue that exists keeps its settings: another rest under the same name would be refused by the broker.
describe('the names of queues', () => {
  it('tell a resting queue by how long it rests', () => {
    expect(retryDelaysMs.map((delayMs) => queues.retry('backups', delayMs))).toEqual([
      'backups.retry.1000',
      'backups.retry.5000',
      'backups.retry.30000',
      'backups.retry.120000',
    ]);
  });
});
