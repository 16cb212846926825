import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readConfiguration } from './configuration.js';

const shape = { BROKER: z.url(), PORT: z.coerce.number().int(), LEVEL: z.string().default('info') };

describe('configuration', () => {
  it('converts and fills in defaults', () => {
    const read = readConfiguration(shape, { BROKER: 'amqp://a', PORT: '80', LEVEL: '' });
    expect(read).toEqual({ BROKER: 'amqp://a', PORT: 80, LEVEL: 'info' });
  });

  it('names every fault in one message', () => {
    const read = () => readConfiguration(shape, { PORT: 'eighty' });
    expect(read).toThrow(/BROKER: is not set; PORT: /);
  });

  it('reads a setting from the file that is named, without the line end at its end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'configuration-'));
    const path = join(folder, 'broker');
    await writeFile(path, 'amqp://a\n');
    expect(readConfiguration(shape, { BROKER_FILE: path, PORT: '80' })).toMatchObject({ BROKER: 'amqp://a' });
    await writeFile(path, '\n');
    for (const named of [path, join(folder, 'none')]) {
      const read = () => readConfiguration(shape, { BROKER_FILE: named, PORT: '80' });
      expect(read).toThrow('complete: BROKER: the file of BROKER_FILE has nothing to read');
    }
    const both = () => readConfiguration(shape, { BROKER: 'amqp://a', BROKER_FILE: path, PORT: '80' });
    expect(both).toThrow('BROKER: BROKER_FILE is set too');
    await rm(folder, { recursive: true });
  });

  it('does not repeat a value', () => {
    const read = () => readConfiguration(shape, { BROKER: 's3cret', PORT: '1' });
    expect(read).not.toThrow(/s3cret/);
  });
});
