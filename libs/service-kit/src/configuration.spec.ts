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

  it('does not repeat a value', () => {
    const read = () => readConfiguration(shape, { BROKER: 's3cret', PORT: '1' });
    expect(read).not.toThrow(/s3cret/);
  });
});
