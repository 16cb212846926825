import { eventually } from '../../support/eventually.js';
import { listening } from '../../support/played-service.js';
import { openOffice, type Office } from './harness.js';
import { openWire, type Wire } from './wire.js';

describe('a connection that goes bad while it is set up', () => {
  let office: Office;
  let wire: Wire;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ office, close } = await openOffice());
    wire = await openWire(office.url);
  });
  afterEach(() => office.tidy());
  afterAll(async () => {
    await wire.close();
    await close();
  });

  it.each(['documents.facts', 'documents.desk.work'])('by a reset at %s is made again', async (queue) => {
    wire.spoilAt(queue, 'reset');
    const seen: string[] = [];
    const strategy = office.strategy('documents', { 'desk.work': ({ text }) => seen.push(text) }, { url: wire.url });
    await listening(strategy);
    await office.bus().enqueue('desk.work', { text: 'x' });
    await eventually(() => expect(seen).toEqual(['x']));
  });

  it('by silence is given up, says so, and is made again', async () => {
    wire.spoilAt('documents.desk.work', 'silence');
    const problems = new Set<string | undefined>();
    const strategy = office.strategy('documents', {}, { url: wire.url });
    const started = listening(strategy);
    await eventually(
      () => {
        problems.add(strategy.state().problem);
        expect(strategy.state()).toEqual({ up: true });
      },
      { deadlineMs: 20_000, everyMs: 10 },
    );
    await started;
    expect([...problems]).toContain('the broker did not set up a channel within 10000 ms');
  });
});
