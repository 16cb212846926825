import { mapInOrder } from './map-in-order.js';
import { collect } from '../testing/archives.js';

const limits = { concurrency: 3, budget: 100, costOf: (cost: number) => cost };

describe('mapping in order', () => {
  it('yields results in the order of the items, whichever is ready first', async () => {
    const turns = (item: number): Promise<number> =>
      item === 0 ? Promise.resolve(item) : later(() => turns(item - 1)).then(() => item);

    expect(await collect(mapInOrder([5, 1, 3, 0], turns, limits))).toEqual([5, 1, 3, 0]);
  });

  it('runs no more at a time than concurrency and budget allow', async () => {
    const load = { count: 0, cost: 0, highestCount: 0, highestCost: 0 };
    const measured = async (cost: number): Promise<number> => {
      load.highestCount = Math.max(load.highestCount, (load.count += 1));
      load.highestCost = Math.max(load.highestCost, (load.cost += cost));
      await later(() => undefined);
      load.count -= 1;
      load.cost -= cost;
      return cost;
    };

    await collect(mapInOrder([10, 10, 10, 10, 60, 60, 30], measured, limits));

    expect(load.highestCount).toBe(3);
    expect(load.highestCost).toBeLessThanOrEqual(100);
  });

  it('lets a single item exceed the budget', async () => {
    expect(await collect(mapInOrder([500, 1], async (item) => item, limits))).toEqual([500, 1]);
  });

  it('throws the first error in order once every begun mapping has settled', async () => {
    const settled: number[] = [];
    const failing = async (item: number): Promise<number> => {
      await later(() => settled.push(item));
      throw new Error(`item ${item}`);
    };

    await expect(collect(mapInOrder([1, 2, 3], failing, limits))).rejects.toThrow('item 1');
    expect(settled).toEqual([1, 2, 3]);
  });
});

const later = <T>(act: () => T): Promise<T> => new Promise((resolve) => setImmediate(() => resolve(act())));
